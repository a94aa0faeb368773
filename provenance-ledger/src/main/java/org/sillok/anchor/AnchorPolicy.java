package org.sillok.anchor;

import java.time.Duration;

/**
 * When tree heads are published.
 *
 * @param interval at most one head in this time, and only if there is something new
 * @param batchSize earlier if so many leaves wait
 */
public record AnchorPolicy(Duration interval, long batchSize) {

  public static final AnchorPolicy DEFAULT = new AnchorPolicy(Duration.ofSeconds(5), 10_000);

  public AnchorPolicy {
    if (interval.isNegative() || interval.isZero()) {
      throw new IllegalArgumentException("interval: more than nothing, got " + interval);
    }
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch size: at least 1, got " + batchSize);
    }
  }
}
