/**
 * A small story of two fictional hospitals in Korea, made by code with stable ids, so that every
 * load of it is the same. No person, hospital or number in it exists: resident registration numbers
 * stand on dates that no calendar has, all identifier systems are below {@code sillok.example}.
 * Makes resources only; it does not talk to a server.
 */
@NullMarked
package org.sillok.testdata.scenario;

import org.jspecify.annotations.NullMarked;
