package org.sillok.ledger.besu.rpc;

import java.net.URI;

/**
 * What became of the last look at a node.
 *
 * @param head the node's newest block, -1 if it did not say
 * @param detail for people; empty if the node is fit
 */
public record NodeReport(URI url, Fitness fitness, long head, String detail) {

  /** Whether a node is asked. */
  public enum Fitness {
    FIT,
    /** Has fewer blocks than others, or than we have seen. */
    BEHIND,
    /** Another chain id, genesis, or history: the chain was replaced, or the URL is wrong. */
    OTHER_CHAIN,
    /** Its chain wants money for gas. */
    WANTS_FEE,
    UNREACHABLE
  }
}
