package org.sillok.plugin.attribution;

import ca.uhn.fhir.jpa.dao.tx.IHapiTransactionService;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.sillok.attribution.AttributionPlan;
import org.sillok.attribution.Leaf;
import org.sillok.attribution.ProvenanceBuilder;

/**
 * Writes Provenances about the next anchored leaves: the resources, the note that they are ours and
 * the cursor in one transaction, so that a crash leaves all or nothing of it, under a lock on the
 * cursor, so that of several servers one works at a time.
 */
final class ProvenanceBatch {

  /** Leaves looked at, and requests told of, in one transaction. */
  private static final int MOST_LEAVES = 1000;

  private static final int MOST_REQUESTS = 100;

  /** Half of the leaves are of the Provenances themselves, where requests have one entry each. */
  private static final int FEW_LEAVES = 2 * MOST_REQUESTS + LeafSource.LOOK_AHEAD;

  private final IHapiTransactionService transactions;
  private final ProvenanceCursors cursors;
  private final LeafSource source;
  private final ProvenanceWriter writer;
  private final IntFunction<ProvenanceBuilder> builders;
  private final InstantSource clock;
  private final Duration delay;
  private volatile long backlog;

  /**
   * @param builders makes the Provenances of each log
   * @param delay how old an entry has to be, so that the parts of a batch that commit one after the
   *     other come together
   */
  ProvenanceBatch(
      IHapiTransactionService transactions,
      ProvenanceCursors cursors,
      LeafSource source,
      ProvenanceWriter writer,
      IntFunction<ProvenanceBuilder> builders,
      InstantSource clock,
      Duration delay) {
    this.transactions = transactions;
    this.cursors = cursors;
    this.source = source;
    this.writer = writer;
    this.builders = builders;
    this.clock = clock;
    this.delay = delay;
  }

  /**
   * Deals with what comes next, if anything does.
   *
   * @return how many leaves
   */
  long run() {
    Optional<Backlog> waiting = cursors.backlog();
    backlog = waiting.map(Backlog::leaves).orElse(0L);
    return waiting.map(this::run).orElse(0L);
  }

  /** Leaves that waited when last looked. */
  long backlog() {
    return backlog;
  }

  private long run(Backlog waiting) {
    return transactions
        .withSystemRequest()
        .execute(() -> cursors.claim(waiting.log()).map(next -> advance(waiting, next)).orElse(0L));
  }

  private long advance(Backlog waiting, long next) {
    if (waiting.anchored() <= next) {
      return 0;
    }
    AttributionPlan plan = plan(waiting, next);
    if (!plan.attributions().isEmpty()) {
      writer.write(plan.attributions(), builders.apply(waiting.log()));
    }
    cursors.advance(waiting.log(), plan.next());
    return plan.next() - next;
  }

  /** Looks at few leaves first, which is enough where requests have few entries each. */
  private AttributionPlan plan(Backlog waiting, long next) {
    long few = Math.min(waiting.anchored(), next + FEW_LEAVES);
    List<Leaf> leaves = old(source.leaves(waiting.log(), next, few));
    AttributionPlan plan = AttributionPlan.of(leaves, few, Set.of(), MOST_REQUESTS, false);
    boolean enough =
        !plan.attributions().isEmpty() && last(leaves) - plan.next() >= LeafSource.LOOK_AHEAD;
    return enough ? plan : planOfMany(waiting, next);
  }

  private AttributionPlan planOfMany(Backlog waiting, long next) {
    long end = Math.min(waiting.anchored(), next + MOST_LEAVES);
    List<Leaf> all = source.leaves(waiting.log(), next, end);
    List<Leaf> leaves = old(all);
    boolean full = leaves.size() == all.size() && end < waiting.anchored();
    if (leaves.size() < all.size()) {
      end = all.get(leaves.size()).index();
    }
    Set<String> goOn = leaves.isEmpty() ? Set.of() : source.requestsFrom(waiting.log(), end);
    return AttributionPlan.of(leaves, end, goOn, MOST_REQUESTS, full);
  }

  private static long last(List<Leaf> leaves) {
    return leaves.get(leaves.size() - 1).index();
  }

  /** Those before the first young one. */
  private List<Leaf> old(List<Leaf> leaves) {
    return firstYoung(leaves).map(young -> leaves.subList(0, leaves.indexOf(young))).orElse(leaves);
  }

  private Optional<Leaf> firstYoung(List<Leaf> leaves) {
    Instant old = clock.instant().minus(delay);
    return leaves.stream().filter(leaf -> leaf.entry().recorded().isAfter(old)).findFirst();
  }
}
