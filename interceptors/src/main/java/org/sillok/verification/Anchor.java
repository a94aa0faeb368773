package org.sillok.verification;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.sillok.ledger.LogId;
import org.sillok.ledger.Receipt;
import org.sillok.ledger.TreeHead;

/**
 * An anchored checkpoint and the leaf that was proved to be under it.
 *
 * @param anchoredAt when this server learnt that the ledger has it
 */
public record Anchor(
    LogId log, long leafIndex, TreeHead head, Receipt receipt, @Nullable Instant anchoredAt) {}
