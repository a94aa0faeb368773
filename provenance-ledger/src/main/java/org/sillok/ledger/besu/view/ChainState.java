package org.sillok.ledger.besu.view;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sillok.ledger.LedgerHead;
import org.sillok.ledger.besu.rpc.NodeReport;

/**
 * How the chain stands, for health, metrics, and whoever decides by the view.
 *
 * @param head up to where the chain was followed
 * @param headAge the clock's time less the head's; zero if the head is ahead
 * @param nodes what the last look at each node came to
 * @param problem why the last attempt to follow failed; empty after one that worked
 */
public record ChainState(
    Condition condition,
    Optional<LedgerHead> head,
    Duration headAge,
    List<NodeReport> nodes,
    Optional<String> problem) {

  /** What may be done by the view. */
  public enum Condition {
    /** The head is young enough to decide by. */
    FRESH,
    /** Too old: the nodes are away or behind, or the chain has halted. */
    STALE,
    /**
     * What was followed, or what the nodes tell, does not fit together. Nothing is decided by it;
     * what was followed is dropped and followed again by itself.
     */
    BROKEN,
    /**
     * No node has our chain, and some have another one in its place: it was wiped or replaced, or
     * all URLs are wrong. Nothing is anchored or read from it until a node has our chain again.
     */
    REPLACED
  }

  static ChainState of(
      Optional<LedgerHead> head,
      Instant now,
      Duration staleAfter,
      List<NodeReport> nodes,
      Optional<String> problem,
      boolean broken) {
    Duration age = head.map(at -> Duration.between(at.time(), now)).orElse(Duration.ofDays(36500));
    Condition condition =
        isReplaced(nodes, problem)
            ? Condition.REPLACED
            : broken
                ? Condition.BROKEN
                : age.compareTo(staleAfter) <= 0 ? Condition.FRESH : Condition.STALE;
    return new ChainState(condition, head, age.isNegative() ? Duration.ZERO : age, nodes, problem);
  }

  private static boolean isReplaced(List<NodeReport> nodes, Optional<String> problem) {
    return problem.isPresent()
        && nodes.stream().noneMatch(node -> node.fitness() == NodeReport.Fitness.FIT)
        && nodes.stream().anyMatch(node -> node.fitness() == NodeReport.Fitness.OTHER_CHAIN);
  }
}
