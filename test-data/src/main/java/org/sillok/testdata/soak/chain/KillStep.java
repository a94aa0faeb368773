package org.sillok.testdata.soak.chain;

import java.util.ArrayList;
import java.util.List;

/**
 * A step of publishing at which a server dies.
 *
 * @param request whether it is a request to the chain; otherwise a commit
 * @param what the request's method, or SQL of the transaction
 * @param done whether the other side has done it when the server dies
 */
record KillStep(boolean request, String what, boolean done) {

  private static final List<String> REQUESTS =
      List.of(
          "eth_call",
          "eth_estimateGas",
          "eth_getTransactionCount",
          "eth_sendRawTransaction",
          "eth_getTransactionReceipt",
          "eth_getBlockReceipts");

  private static final List<String> COMMITS =
      List.of(
          "UPDATE sillok_log",
          "INSERT INTO sillok_checkpoint",
          "INSERT INTO sillok_chain_transaction",
          "UPDATE sillok_chain_transaction",
          "UPDATE sillok_chain_cursor",
          "UPDATE sillok_checkpoint");

  /** Before and after each request and each commit, in the order of the work. */
  static List<KillStep> all() {
    List<KillStep> steps = new ArrayList<>();
    for (boolean done : new boolean[] {false, true}) {
      REQUESTS.forEach(method -> steps.add(new KillStep(true, method, done)));
      COMMITS.forEach(sql -> steps.add(new KillStep(false, sql, done)));
    }
    return steps;
  }

  @Override
  public String toString() {
    return (done ? "after " : "before ") + what;
  }
}
