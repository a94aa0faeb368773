package org.sillok.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

class SequencingTest {

  private Instant now = Instant.parse("2024-01-01T00:00:00Z");

  @Test
  void isWellWhileNothingWaits() {
    Sequencing sequencing = sequencing(() -> 0);
    sequencing.run();
    now = now.plusSeconds(59);
    assertThat(sequencing.problem()).isEmpty();
  }

  @Test
  void runsUntilABatchHasRoomLeft() {
    Deque<Integer> batches = new ArrayDeque<>(List.of(1000, 1000, 999, 7));
    sequencing(batches::remove).run();
    assertThat(batches).containsExactly(7);
  }

  @Test
  void saysWhatFailedUntilItSucceedsAgain() {
    Deque<Integer> batches = new ArrayDeque<>(List.of(1000));
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
    now = now.plusSeconds(61);
    assertThat(sequencing.problem()).hasValue("stands still since 2024-01-01T00:00:00Z");
  }

  private Sequencing sequencing(IntSupplier sequencer) {
    return new Sequencing(sequencer, 1000, () -> now);
  }
}
