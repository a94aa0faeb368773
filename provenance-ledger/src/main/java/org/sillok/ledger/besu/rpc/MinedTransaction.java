package org.sillok.ledger.besu.rpc;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sillok.ledger.Address;
import org.sillok.merkle.Hash;

/**
 * What the chain says of a transaction in a block.
 *
 * @param succeeded false if it was reverted; the block has it all the same
 * @param to null for one that creates a contract
 * @param created the contract that it created, if any
 */
public record MinedTransaction(
    Hash hash,
    long blockNumber,
    Hash blockHash,
    boolean succeeded,
    Address from,
    @Nullable Address to,
    @Nullable Address created,
    long gasUsed,
    List<ChainLog> logs) {

  public MinedTransaction {
    logs = List.copyOf(logs);
  }
}
