package org.sillok.plugin.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.sillok.plugin.reconcile.SweepTable.Progress;

class SweepWatchTest {

  private Instant now = Instant.parse("2026-11-22T03:04:05Z");
  private final SweepWatch watch = new SweepWatch(Duration.ofHours(1), () -> now);

  @Test
  void isTroubledByAWalkThatKeepsFailingAndSaysWhy() {
    watch.failed(new IllegalStateException("odd row"));
    watch.failed(new IllegalStateException("odd row"));
    assertThat(watch.trouble()).isEmpty();
    watch.failed(new IllegalStateException("odd row"));
    assertThat(watch.trouble().orElseThrow())
        .contains("IllegalStateException")
        .doesNotContain("odd row");
    watch.succeeded();
    assertThat(watch.trouble()).isEmpty();
  }

  @Test
  void isTroubledByAWalkThatNobodyGoesOnWith() {
    now = now.plus(Duration.ofMinutes(10));
    assertThat(watch.trouble()).isEmpty();
    now = now.plus(Duration.ofMinutes(1));
    watch.succeeded();
    assertThat(watch.trouble().orElseThrow()).contains("has not gone on since");
    watch.progressed(new Progress(now, false));
    assertThat(watch.trouble()).isEmpty();
  }

  @Test
  void aWalkRestsForItsInterval() {
    Instant end = now.minus(Duration.ofMinutes(30));
    watch.progressed(new Progress(end, true));
    now = now.plus(Duration.ofMinutes(65));
    watch.progressed(new Progress(end, true));
    assertThat(watch.trouble()).isEmpty();
    now = now.plus(Duration.ofMinutes(6));
    watch.progressed(new Progress(end, true));
    assertThat(watch.trouble()).isPresent();
  }

  @Test
  void isNotQuietedByAnOlderState() {
    watch.progressed(new Progress(now, false));
    now = now.plus(Duration.ofMinutes(11));
    watch.progressed(new Progress(now.minus(Duration.ofMinutes(30)), false));
    assertThat(watch.trouble()).isPresent();
  }
}
