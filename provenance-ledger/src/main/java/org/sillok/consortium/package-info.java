/**
 * {@code sillok-ledger}, the program by which a consortium begins its ledger on a chain and governs
 * it: deploying, admitting, voting, suspending, changing keys.
 *
 * <p>It acts for an owner, with an owner's key, one transaction after the other, and keeps nothing
 * but the file {@code ledger.json}. Publishing tree heads and recording consents is the servers'
 * business.
 */
@NullMarked
package org.sillok.consortium;

import org.jspecify.annotations.NullMarked;
