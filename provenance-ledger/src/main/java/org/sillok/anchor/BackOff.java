package org.sillok.anchor;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * How long to wait after failures: twice as long each time, up to a minute, of which a random half
 * keeps servers from coming back together. For one thread at a time.
 */
final class BackOff {

  static final Duration FIRST = Duration.ofSeconds(1);
  static final Duration LONGEST = Duration.ofMinutes(1);

  private final RandomGenerator random;
  private Duration next = FIRST;
  private Instant until = Instant.MIN;

  BackOff(RandomGenerator random) {
    this.random = random;
  }

  boolean isOver(Instant now) {
    return !now.isBefore(until);
  }

  void failed(Instant now) {
    long half = next.toMillis() / 2;
    until = now.plusMillis(half + random.nextLong(half + 1));
    Duration twice = next.multipliedBy(2);
    next = twice.compareTo(LONGEST) > 0 ? LONGEST : twice;
  }

  void worked() {
    next = FIRST;
    until = Instant.MIN;
  }
}
