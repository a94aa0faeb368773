package org.sillok.plugin;

import org.sillok.log.LogReader;
import org.sillok.log.OpenLog;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/**
 * Component {@code sillokLog}: down when rows that this server did not write were found among the
 * entries, or the log cannot be read.
 */
final class LogHealth implements HealthIndicator {

  private final OpenLog log;
  private final LogReader reader;

  LogHealth(OpenLog log, LogReader reader) {
    this.log = log;
    this.reader = reader;
  }

  @Override
  public Health health() {
    long setAside = reader.setAside();
    return (setAside == 0 ? Health.up() : Health.down())
        .withDetail("origin", log.origin())
        .withDetail("size", reader.size(log.number()))
        .withDetail("pending", reader.pending())
        .withDetail("setAside", setAside)
        .build();
  }
}
