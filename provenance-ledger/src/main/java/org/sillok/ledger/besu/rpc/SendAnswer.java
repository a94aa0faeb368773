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
  /** These bytes will never be accepted. */
  NEVER,
  /** The node cannot take it now, for reasons of its own. */
  NOT_NOW;

  private static final List<Integer> FINAL_CODES = List.of(-32002, -32003, -32005, -32602, -32603);

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
    } else if (FINAL_CODES.contains(error.code()) || error.says("chainid")) {
      return NEVER;
    }
    return NOT_NOW;
  }
}
