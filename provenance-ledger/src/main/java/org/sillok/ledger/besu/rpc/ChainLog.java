package org.sillok.ledger.besu.rpc;

import java.util.List;
import org.sillok.ledger.Address;
import org.sillok.merkle.Hash;

/**
 * One event as a contract emitted it.
 *
 * @param index counted over the whole block
 * @param data ABI bytes in hexadecimal, with 0x
 */
public record ChainLog(
    Address contract,
    List<Hash> topics,
    String data,
    Hash transaction,
    int index,
    long blockNumber,
    Hash blockHash) {

  public ChainLog {
    topics = List.copyOf(topics);
  }
}
