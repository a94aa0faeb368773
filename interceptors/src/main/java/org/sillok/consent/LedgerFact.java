package org.sillok.consent;

import java.time.Instant;
import org.sillok.ledger.ConsentState;

/**
 * What the ledger says of a consent, and since when.
 *
 * @param block number of the block with its last change
 * @param blockTime of that block
 */
public record LedgerFact(ConsentState state, long block, Instant blockTime) {

  boolean standsAt(Instant at) {
    return state.status() == ConsentState.Status.ACTIVE && !state.expiry().isOver(at);
  }
}
