package org.sillok.plugin.attribution;

import ca.uhn.fhir.jpa.dao.tx.IHapiTransactionService;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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

  private final IHapiTransactionService transactions;
  private final ProvenanceCursors cursors;
  private final LeafSource source;
  private final ProvenanceWriter writer;
  private final IntFunction<ProvenanceBuilder> builders;
  private final Clock clock;
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
      Clock clock,
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
    long end = Math.min(waiting.anchored(), next + MOST_LEAVES);
    if (end <= next) {
      return 0;
    }
    boolean full = end < waiting.anchored();
    List<Leaf> leaves = source.leaves(waiting.log(), next, end);
    Optional<Leaf> young = firstYoung(leaves);
    if (young.isPresent()) {
      end = young.get().index();
      leaves = leaves.subList(0, leaves.indexOf(young.get()));
      full = false;
    }
    Set<String> goOn = leaves.isEmpty() ? Set.of() : source.requestsFrom(waiting.log(), end);
    AttributionPlan plan = AttributionPlan.of(leaves, end, goOn, MOST_REQUESTS, full);
    if (!plan.attributions().isEmpty()) {
      writer.write(plan.attributions(), builders.apply(waiting.log()));
    }
    cursors.advance(waiting.log(), plan.next());
    return plan.next() - next;
  }

  private Optional<Leaf> firstYoung(List<Leaf> leaves) {
    Instant old = clock.instant().minus(delay);
    return leaves.stream().filter(leaf -> leaf.entry().recorded().isAfter(old)).findFirst();
  }
}
