package org.sillok.plugin.reconcile;

import java.util.List;
import org.sillok.reconcile.CheckJobs.Job;
import org.sillok.reconcile.Findings;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/** DOWN as long as there are findings that nobody has reviewed. */
final class SweepHealth implements HealthIndicator {

  private static final int NAMED = 10;

  private final Findings findings;
  private final SweepTable table;

  SweepHealth(Findings findings, SweepTable table) {
    this.findings = findings;
    this.table = table;
  }

  @Override
  public Health health() {
    List<Findings.Kept> open = findings.open(NAMED);
    Health.Builder health = open.isEmpty() ? Health.up() : Health.down();
    if (!open.isEmpty()) {
      health
          .withDetail("findings", findings.countOpen())
          .withDetail(
              "oldest",
              open.stream()
                  .map(kept -> kept.finding().subject() + " " + kept.finding().step().code())
                  .toList());
    }
    table.background().ifPresent(job -> describe(health, job));
    return health.build();
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
