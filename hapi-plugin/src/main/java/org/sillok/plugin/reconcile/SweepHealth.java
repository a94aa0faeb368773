package org.sillok.plugin.reconcile;

import java.util.List;
import java.util.Optional;
import org.sillok.reconcile.CheckJobs.Job;
import org.sillok.reconcile.DatabaseTrouble;
import org.sillok.reconcile.Findings;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/**
 * DOWN as long as there are findings that nobody has reviewed, or while the walk in the background
 * cannot be relied on.
 */
final class SweepHealth implements HealthIndicator {

  private static final int NAMED = 10;

  private final Findings findings;
  private final SweepTable table;
  private final SweepWatch watch;
  private final boolean enabled;

  /**
   * @param enabled whether this server takes part
   */
  SweepHealth(Findings findings, SweepTable table, SweepWatch watch, boolean enabled) {
    this.findings = findings;
    this.table = table;
    this.watch = watch;
    this.enabled = enabled;
  }

  @Override
  public Health health() {
    try {
      return look();
    } catch (RuntimeException e) {
      return Health.down().withDetail("error", DatabaseTrouble.kindOf(e)).build();
    }
  }

  private Health look() {
    List<Findings.Kept> open = findings.open(0, NAMED);
    Optional<Job> walk = table.background();
    Optional<String> trouble = trouble().or(() -> walk.flatMap(this::untold));
    Health.Builder health = open.isEmpty() && trouble.isEmpty() ? Health.up() : Health.down();
    trouble.ifPresent(what -> health.withDetail("sweep", what));
    if (!open.isEmpty()) {
      health
          .withDetail("findings", findings.countOpen())
          .withDetail(
              "oldest",
              open.stream()
                  .map(kept -> kept.finding().subject() + " " + kept.finding().step().code())
                  .toList());
    }
    walk.ifPresent(job -> describe(health, job));
    return health.build();
  }

  private Optional<String> trouble() {
    Optional<String> ofTheRow = table.trouble();
    if (ofTheRow.isPresent() || !enabled) {
      return ofTheRow;
    }
    table.progress().ifPresent(watch::progressed);
    return watch.trouble();
  }

  /** The counts of a walk are under its mark: what they have must have been told. */
  private Optional<String> untold(Job walk) {
    return walk.run().isSound() || !findings.seenSince(walk.run().startedAt(), 1).isEmpty()
        ? Optional.empty()
        : Optional.of("it has counted what is not as it was written, and no finding tells of it");
  }

  private static void describe(Health.Builder health, Job job) {
    health
        .withDetail("phase", job.run().phase().code())
        .withDetail("percent", job.run().percent())
        .withDetail("checked", job.run().checked())
        .withDetail("started", job.run().startedAt().toString());
    if (job.finishedAt() != null) {
      health.withDetail("finished", job.finishedAt().toString());
    }
  }
}
