/**
 * Realistic volume: runs Synthea in a process of its own, on a class path of its own, and keeps
 * what it made in the build directory. The patients are synthetic Americans; nothing of them is
 * committed. Does not talk to a FHIR server.
 */
@NullMarked
package org.sillok.testdata.synthea;

import org.jspecify.annotations.NullMarked;
