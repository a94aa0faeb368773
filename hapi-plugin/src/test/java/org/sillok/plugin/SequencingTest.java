package org.sillok.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

class SequencingTest {

  private final SettableClock clock = new SettableClock();

  @Test
  void isWellWhileNothingWaits() {
    Sequencing sequencing = sequencing(() -> 0);
    sequencing.run();
    clock.now = clock.now.plusSeconds(59);
    assertThat(sequencing.problem()).isEmpty();
  }

  @Test
  void runsUntilNothingWaits() {
    Deque<Integer> batches = new ArrayDeque<>(List.of(1000, 3, 0, 7));
    sequencing(batches::remove).run();
    assertThat(batches).containsExactly(7);
  }

  @Test
  void saysWhatFailedUntilItSucceedsAgain() {
    Deque<Integer> batches = new ArrayDeque<>(List.of(5));
    Sequencing sequencing = sequencing(batches::remove);
    assertThatThrownBy(sequencing::run).isInstanceOf(java.util.NoSuchElementException.class);
    assertThat(sequencing.problem())
        .hasValueSatisfying(
            problem ->
                assertThat(problem)
                    .startsWith("fails since 2024-01-01T00:00:00Z: ")
                    .contains("NoSuchElement"));

    batches.add(0);
    sequencing.run();
    assertThat(sequencing.problem()).isEmpty();
  }

  @Test
  void standsStillWhenABatchTakesMoreThanAMinuteOrNeverBegins() {
    Sequencing sequencing = sequencing(() -> 0);
    clock.now = clock.now.plusSeconds(61);
    assertThat(sequencing.problem()).hasValue("stands still since 2024-01-01T00:00:00Z");
  }

  private Sequencing sequencing(IntSupplier sequencer) {
    return new Sequencing(sequencer, clock);
  }

  private static final class SettableClock extends Clock {
    private Instant now = Instant.parse("2024-01-01T00:00:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
