package org.sillok.evidence;

import org.jspecify.annotations.Nullable;
import org.sillok.ledger.LogId;
import org.sillok.ledger.Receipt;
import org.sillok.merkle.Hash;

/**
 * Where and how a checkpoint stands on the ledger, as the evidence file claims.
 *
 * @param log which hospital's log the ledger took it for
 * @param size leaves under the published head
 * @param root root of the published head
 * @param block for the embedded ledger the signed block that publishes the head, see {@link
 *     org.sillok.ledger.block.SignedBlock}
 * @param key for the embedded ledger its public key, 64 hexadecimal digits
 */
public record Publication(
    Receipt receipt,
    LogId log,
    long size,
    Hash root,
    @Nullable String block,
    @Nullable String key) {}
