package org.sillok.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sillok.log.LogFixture.create;
import static org.sillok.log.LogFixture.drain;
import static org.sillok.log.LogFixture.entry;
import static org.sillok.log.LogFixture.insert;
import static org.sillok.log.LogFixture.number;
import static org.sillok.log.LogFixture.rows;
import static org.sillok.log.LogFixture.sequencer;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sillok.log.Entry.Action;

/** What must hold on every database, with several sequencers, in this process and in others. */
@Timeout(300)
abstract class SequencerContract {

  /** URL of an empty database that other processes can open, too. */
  abstract String emptyDatabase() throws Exception;

  private final AtomicInteger committed = new AtomicInteger();

  /** Commits out of the order of ids, late, or not at all; each resource's versions in order. */
  private int write(DataSource database, String name, int transactions) throws Exception {
    Random random = new Random(name.hashCode());
    EntryWriter writer = new EntryWriter(LogFixture.MAC);
    int version = 0;
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      for (int i = 0; i < transactions; i++) {
        List<NewEntry> entries = new ArrayList<>();
        entries.add(entry(version == 0 ? Action.CREATE : Action.UPDATE, name, version + 1));
        if (random.nextInt(3) == 0) {
          entries.add(0, entry(Action.RELABEL, name, version + 1));
        }
        for (int more = random.nextInt(4); more > 0; more--) {
          entries.add(create(name + "-" + i + "-" + more));
        }
        writer.insert(connection, entries);
        if (random.nextInt(4) == 0) {
          Thread.sleep(random.nextInt(20));
        }
        if (random.nextInt(5) == 0) {
          connection.rollback();
        } else {
          connection.commit();
          committed.addAndGet(entries.size());
          version++;
        }
      }
    }
    return version;
  }

  @Test
  void severalSequencersInThisProcessShareTheWork() throws Exception {
    DataSource database = open(emptyDatabase());
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Integer>> sequencers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Sequencer sequencer = sequencer(database, 3 + 7 * i);
        sequencers.add(threads.submit(() -> untilDone(sequencer, done)));
      }
      for (Future<Integer> writer : writers(threads, database, 60)) {
        writer.get();
      }
      done.set(true);
      for (Future<Integer> sequencer : sequencers) {
        sequencer.get();
      }
    } finally {
      threads.shutdownNow();
    }
    drain(sequencer(database, 1000));
    assertWhole(database);
  }

  @Test
  void sequencersInOtherProcessesAreKilledAndStartedAgain() throws Exception {
    String url = emptyDatabase();
    DataSource database = open(url);
    Random random = new Random(1);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Process> processes = new ArrayList<>();
    try {
      for (int i = 0; i < 3; i++) {
        processes.add(SequencerProcess.start(url, 5 + i, 0));
      }
      List<Future<Integer>> writers = writers(threads, database, 150);
      for (int kill = 0; kill < 4; kill++) {
        TimeUnit.MILLISECONDS.sleep(500 + random.nextInt(1500));
        int victim = random.nextInt(processes.size());
        processes.get(victim).destroyForcibly().waitFor();
        LogCheckWhileRunning.check(database);
        processes.set(victim, SequencerProcess.start(url, 5 + kill, 0));
      }
      for (Future<Integer> writer : writers) {
        writer.get();
      }
      while (number(database, "SELECT COUNT(*) FROM sillok_entry WHERE log IS NULL") > 0) {
        assertThat(processes).anyMatch(Process::isAlive);
        TimeUnit.MILLISECONDS.sleep(50);
      }
    } finally {
      threads.shutdownNow();
      for (Process process : processes) {
        process.destroyForcibly().waitFor();
      }
    }
    assertWhole(database);
  }

  @Test
  void aProcessThatHaltsAtAnyStepLeavesNothingHalfDone() throws Exception {
    boolean finished = false;
    int halted = 0;
    for (int step = 1; !finished; step++) {
      String url = emptyDatabase();
      DataSource database = open(url);
      NewEntry[] entries = new NewEntry[280];
      for (int i = 0; i < entries.length; i++) {
        entries[i] = create("r" + i);
      }
      insert(database, entries);
      int exit = SequencerProcess.start(url, 300, step).waitFor();
      assertThat(exit).isIn(0, SequencerProcess.HALTED);
      finished = exit == 0;
      halted += finished ? 0 : 1;

      LogCheck.prefix(database, number(database, "SELECT tree_size FROM sillok_log"));
      drain(sequencer(database, 1000));
      LogCheck.wholeLog(database, entries.length);
    }
    assertThat(halted).isGreaterThan(10);
  }

  @Test
  void forgettingWaitingVersionsAndPlacingThemDoNotBlockEachOther() throws Exception {
    DataSource database = open(emptyDatabase());
    EntryWriter writer = new EntryWriter(LogFixture.MAC);
    int versions = 100;
    int rounds = 30;
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      for (int round = 0; round < rounds; round++) {
        List<NewEntry> entries = new ArrayList<>();
        for (int i = 0; i < versions; i++) {
          entries.add(create("r" + round + "-" + i));
        }
        writer.insert(connection, entries);
        connection.commit();
        Future<Integer> placed = threads.submit(() -> sequencer(database, 1000).runOnce());
        for (int i = versions - 1; i >= 0; i--) {
          writer.forget(connection, new ResourceVersion("Observation", "r" + round + "-" + i, 1));
        }
        connection.commit();
        placed.get();
      }
    } finally {
      threads.shutdownNow();
    }
    drain(sequencer(database, 1000));
    LogCheck.wholeLog(database, versions * rounds);
    assertThat(number(database, "SELECT COUNT(*) FROM sillok_entry WHERE nonce IS NOT NULL"))
        .isZero();
  }

  static DataSource open(String url) {
    return SequencerProcess.open(url);
  }

  private List<Future<Integer>> writers(
      ExecutorService threads, DataSource database, int transactions) throws Exception {
    List<Future<Integer>> writers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      String name = "writer" + i;
      Callable<Integer> writer = () -> write(database, name, transactions);
      writers.add(threads.submit(writer));
    }
    return writers;
  }

  private static int untilDone(Sequencer sequencer, AtomicBoolean done) {
    int taken = 0;
    while (!done.get()) {
      taken += sequencer.runOnce();
    }
    return taken;
  }

  private void assertWhole(DataSource database) {
    LogCheck.wholeLog(database, committed.get());
    Map<String, Long> newest = new HashMap<>();
    for (List<Object> row :
        rows(
            database,
            "SELECT resource_id, version, action FROM sillok_entry WHERE log = 1"
                + " ORDER BY leaf_index")) {
      long version = ((Number) row.get(1)).longValue();
      long before = newest.getOrDefault((String) row.get(0), 0L);
      boolean birth = !row.get(2).equals("relabel");
      assertThat(version).as("version of %s", row).isEqualTo(birth ? before + 1 : before);
      newest.put((String) row.get(0), version);
    }
  }

  /** The log at one moment, while others work on it. */
  private static final class LogCheckWhileRunning {

    static void check(DataSource database) {
      List<LogFinding> found = new ArrayList<>();
      OpenLog log = LogFixture.openLog();
      new LogAudit(database, 1, log.vkeys(), LogFixture.MAC, HeadWitness.NONE)
          .run(LogAudit.Depth.ENTRIES, found::add, leaves -> {});
      assertThat(found).isEmpty();
    }
  }
}
