package org.sillok.ledger;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.sillok.ledger.json.JsonFormException;
import org.sillok.ledger.json.RecordJson;
import org.sillok.merkle.Hash;

/**
 * Where a write stands on the ledger. Two receipts are equal exactly if they tell of the same
 * transaction in the same block.
 *
 * @param chainId 0 to 2^53 - 1
 * @param contract the registry that accepted it
 * @param transaction hash of the transaction
 * @param blockTime whole seconds; the ledger's time, not the writer's
 */
public record Receipt(
    LedgerKind ledger,
    long chainId,
    Address contract,
    Hash transaction,
    long blockNumber,
    Hash blockHash,
    Instant blockTime) {

  public Receipt {
    if (chainId < 0 || blockNumber < 0) {
      throw new IllegalArgumentException(
          "chain id and block number count from 0, got " + chainId + " and " + blockNumber);
    }
    if (!blockTime.equals(blockTime.truncatedTo(ChronoUnit.SECONDS))) {
      throw new IllegalArgumentException("block time is in whole seconds, got " + blockTime);
    }
  }

  /** Canonical JSON, at most 600 characters. */
  public String toJson() {
    return RecordJson.write(this);
  }

  /**
   * @throws JsonFormException if {@code text} is not what {@link #toJson} writes
   */
  public static Receipt ofJson(String text) {
    return RecordJson.read(Receipt.class, text);
  }
}
