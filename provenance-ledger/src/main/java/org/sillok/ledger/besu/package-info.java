/**
 * The ledger on a Besu chain that the hospitals share: three contracts, written to through a node
 * of one's own, read from what the chain's events come to.
 *
 * <p>The rules are the contracts'; nothing here decides what is allowed. Deploying the contracts is
 * here as well, running a chain is not.
 */
@NullMarked
package org.sillok.ledger.besu;

import org.jspecify.annotations.NullMarked;
