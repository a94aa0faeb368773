package org.sillok.plugin;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.sillok.log.RepairRefusedException;
import org.sillok.reconcile.Finding;
import org.sillok.verification.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has lost and broken tiles made again when they keep the log from going on, and leaves a finding
 * for somebody to look into. What did not help is tried again, ever more seldom. Thread-safe.
 */
final class TileRescue {

  private static final Logger log = LoggerFactory.getLogger(TileRescue.class);
  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofHours(1);

  private final LongSupplier repair;
  private final Consumer<Finding> findings;
  private final Supplier<String> subject;
  private final InstantSource clock;
  private Duration wait = FIRST;
  private Instant next = Instant.MIN;

  /**
   * @param repair gives the number of tiles that it has put right
   * @param subject of the findings
   */
  TileRescue(
      LongSupplier repair,
      Consumer<Finding> findings,
      Supplier<String> subject,
      InstantSource clock) {
    this.repair = repair;
    this.findings = findings;
    this.subject = subject;
    this.clock = clock;
  }

  /**
   * @param trouble what the log cannot go on for
   */
  synchronized void attempt(String trouble) {
    Instant now = clock.instant();
    if (now.isBefore(next)) {
      return;
    }
    next = now.plus(wait);
    wait = wait.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : wait.multipliedBy(2);
    try {
      long tiles = repair.getAsLong();
      if (tiles > 0) {
        next = Instant.MIN;
        wait = FIRST;
        tell(trouble, tiles + " tiles were made again from the entries, which give the right root");
      }
    } catch (RepairRefusedException e) {
      tell(trouble, "the tiles cannot be made again from the entries: " + e.getMessage());
    } catch (RuntimeException e) {
      log.warn("The tiles could not be made again, which is tried again later: {}", e.toString());
    }
  }

  private void tell(String trouble, String outcome) {
    log.error("{}; {}", trouble, outcome);
    findings.accept(new Finding(Step.INCLUSION, subject.get(), null, trouble + "; " + outcome));
  }
}
