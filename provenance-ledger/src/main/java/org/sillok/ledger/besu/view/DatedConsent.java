package org.sillok.ledger.besu.view;

import java.time.Instant;
import org.sillok.ledger.ConsentState;

/**
 * A consent, and since when it stands like this.
 *
 * @param block number of the block with its last change
 * @param blockTime of that block
 */
public record DatedConsent(ConsentState state, long block, Instant blockTime) {}
