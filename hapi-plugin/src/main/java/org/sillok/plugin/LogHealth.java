package org.sillok.plugin;

import java.util.Optional;
import org.sillok.log.LogReader;
import org.sillok.log.OpenLog;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/**
 * Component {@code sillokLog}: down when entries of this hospital's servers were taken out of the
 * log, when entries do not get their places, or when the log cannot be read. Rows that no server
 * wrote are findings of the sweep.
 */
final class LogHealth implements HealthIndicator {

  private final OpenLog log;
  private final LogReader reader;
  private final Sequencing sequencing;

  LogHealth(OpenLog log, LogReader reader, Sequencing sequencing) {
    this.log = log;
    this.reader = reader;
    this.sequencing = sequencing;
  }

  @Override
  public Health health() {
    long takenOut = reader.takenOut();
    Optional<String> problem = sequencing.problem();
    Health.Builder health =
        (takenOut == 0 && problem.isEmpty() ? Health.up() : Health.down())
            .withDetail("origin", log.origin())
            .withDetail("size", reader.size(log.number()))
            .withDetail("pending", reader.pending())
            .withDetail("setAside", reader.setAside())
            .withDetail("takenOut", takenOut);
    problem.ifPresent(text -> health.withDetail("sequencer", text));
    return health.build();
  }
}
