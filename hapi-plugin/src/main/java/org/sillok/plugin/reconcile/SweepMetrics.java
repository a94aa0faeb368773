package org.sillok.plugin.reconcile;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** The meters {@code sillok.sweep.*}. */
final class SweepMetrics {

  private final InstantSource clock;
  private final Counter checked;
  private final AtomicLong finishedAt = new AtomicLong();

  SweepMetrics(
      MeterRegistry meters,
      Supplier<Number> openFindings,
      Supplier<Number> percent,
      InstantSource clock) {
    this.clock = clock;
    checked =
        Counter.builder("sillok.sweep.checked")
            .description("Rows of versions and entries that this server has checked")
            .register(meters);
    Gauge.builder("sillok.sweep.findings.open", openFindings)
        .description("Findings that nobody has reviewed")
        .register(meters);
    Gauge.builder("sillok.sweep.progress", percent)
        .description("How far the walk in the background is")
        .baseUnit("percent")
        .register(meters);
    Gauge.builder("sillok.sweep.finished", finishedAt, AtomicLong::get)
        .description("When this server last came to the end of a walk, since 1970; 0 if never")
        .baseUnit("seconds")
        .register(meters);
  }

  void checked(long rows) {
    checked.increment(rows);
  }

  void finished() {
    finishedAt.set(clock.instant().getEpochSecond());
  }
}
