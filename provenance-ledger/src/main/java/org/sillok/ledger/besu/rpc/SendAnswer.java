package org.sillok.ledger.besu.rpc;

import java.util.List;

/**
 * What a node's answer to {@code eth_sendRawTransaction} means. Codes overlap and differ between
 * nodes, so code and message count together.
 */
public enum SendAnswer {
  /** A pool has it, now or before. No promise: pools are lost. */
  TAKEN,
  /** The nonce is mined: either our own transaction, or one of somebody else with this key. */
  NONCE_USED,
  /** A transaction with a fee holds the nonce. */
  NONCE_HELD,
  /** Transactions with smaller nonces are missing in the pool. */
  GAP,
  /** The chain wants money: its genesis or the node is not set up for free gas. */
  WANTS_FEE,
  /** These bytes will never be accepted, by any node of the chain. */
  NEVER,
  /** The node cannot take it now, for reasons of its own. */
  NOT_NOW;

  /** What is wrong with the bytes themselves. Codes do not tell: Besu gives the same to others. */
  private static final List<String> FINAL =
      List.of(
          "invalid signature",
          "intrinsic gas",
          "exceeds block gas limit",
          "invalid transaction params",
          "invalid transaction type",
          "chainid");

  static SendAnswer of(NodeErrorException error) {
    if (error.says("known transaction")
        || error.says("already known")
        || error.says("already imported")) {
      return TAKEN;
    } else if (error.says("nonce too low")) {
      return NONCE_USED;
    } else if (error.says("underpriced")) {
      return NONCE_HELD;
    } else if (error.says("too distant")) {
      return GAP;
    } else if (error.says("gas price below")
        || error.says("less than block base fee")
        || error.says("insufficient funds")
        || error.says("upfront cost")) {
      return WANTS_FEE;
    } else if (FINAL.stream().anyMatch(error::says)) {
      return NEVER;
    }
    return NOT_NOW;
  }
}
