package org.sillok.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sillok.log.LogFixture.create;
import static org.sillok.log.LogFixture.drain;
import static org.sillok.log.LogFixture.insert;
import static org.sillok.log.LogFixture.number;
import static org.sillok.log.LogFixture.sequencer;

import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class SequencerCrashTest {

  /** Any instruction of a sequencer may be its last one. */
  @Test
  void aSequencerThatFailsAtAnyStepLeavesNothingHalfDone() {
    int failedAt = 0;
    boolean finished = false;
    for (int step = 1; !finished; step++) {
      DataSource database = LogFixture.h2();
      fill(database);
      AtomicInteger steps = new AtomicInteger();
      int last = step;
      DataSource failing =
          new StepTrap(
              database,
              name -> {
                if (steps.incrementAndGet() == last) {
                  throw new OutOfMemoryError("at " + name);
                }
              });
      try {
        drain(sequencer(failing, 150));
        finished = true;
      } catch (OutOfMemoryError e) {
        failedAt = step;
      }

      LogCheck.prefix(database, number(database, "SELECT tree_size FROM sillok_log"));
      drain(sequencer(database, 1000));
      LogCheck.wholeLog(database, 400);
    }
    assertThat(failedAt).as("steps at which it failed").isGreaterThan(30);
  }

  private static void fill(DataSource database) {
    NewEntry[] entries = new NewEntry[400];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = create("r" + i);
    }
    insert(database, entries);
    LogFixture.forge(database, create("forged"), new byte[32]);
  }
}
