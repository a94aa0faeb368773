package org.sillok.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sillok.reconcile.Finding;

class TileRescueTest {

  private final List<Finding> findings = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-22T10:00:00Z");
  private long broken;
  private int attempts;

  private final TileRescue rescue =
      new TileRescue(
          () -> {
            attempts++;
            return broken;
          },
          findings::add,
          () -> "log 1 tiles",
          () -> now);

  @Test
  void leavesAFindingOfWhatItPutRightAndIsReadyAtOnce() {
    broken = 2;
    rescue.attempt("tile/0/1 has 0 bytes");
    rescue.attempt("tile/0/2 has 0 bytes");
    assertThat(attempts).isEqualTo(2);
    assertThat(findings).hasSize(2).extracting(Finding::subject).containsOnly("log 1 tiles");
    assertThat(findings.get(0).detail())
        .contains("tile/0/1 has 0 bytes", "2 tiles were made again");
  }

  @Test
  void triesEverMoreSeldomWhatDoesNotHelp() {
    for (int second = 0; second < 4 * 3600; second++) {
      rescue.attempt("stopped");
      now = now.plusSeconds(1);
    }
    assertThat(attempts).isBetween(8, 10);
    assertThat(findings).isEmpty();
  }
}
