package org.sillok.plugin.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SweepWatchTest {

  private Instant now = Instant.parse("2026-11-22T03:04:05Z");
  private final SweepWatch watch = new SweepWatch(Duration.ofHours(1), () -> now);

  @Test
  void isTroubledByAWalkThatKeepsFailingAndSaysWhy() {
    watch.failed(new IllegalStateException("odd row"));
    watch.failed(new IllegalStateException("odd row"));
    assertThat(watch.trouble()).isEmpty();
    watch.failed(new IllegalStateException("odd row"));
    assertThat(watch.trouble().orElseThrow()).contains("odd row");
    watch.succeeded();
    assertThat(watch.trouble()).isEmpty();
  }

  @Test
  void isTroubledByAWalkThatNobodyGoesOnWith() {
    now = now.plus(Duration.ofHours(3));
    assertThat(watch.trouble()).isEmpty();
    now = now.plus(Duration.ofMinutes(11));
    watch.succeeded();
    assertThat(watch.trouble().orElseThrow()).contains("has not gone on since");
    watch.progressed();
    assertThat(watch.trouble()).isEmpty();
  }
}
