package org.sillok.testdata.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import org.h2.jdbcx.JdbcConnectionPool;
import org.sillok.anchor.AnchorPolicy;
import org.sillok.anchor.HeadMemory;
import org.sillok.anchor.LedgerAnchor;
import org.sillok.faults.Anvil;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.LedgerUnavailableException;
import org.sillok.ledger.LogVkey;
import org.sillok.ledger.besu.BesuLedger;
import org.sillok.ledger.besu.BesuSettings;
import org.sillok.ledger.besu.rpc.RpcSettings;
import org.sillok.log.BackgroundLoop;
import org.sillok.log.KeyDirectory;
import org.sillok.log.LogKeys;
import org.sillok.log.LogStore;
import org.sillok.log.OpenLog;
import org.sillok.log.Sequencer;
import org.sillok.testdata.chain.Consortium;
import org.sillok.testdata.chain.Entries;
import org.sillok.testdata.chain.Tables;

/**
 * From the commit of an entry until the hospital has the receipt of a head that covers it, through
 * the loops that a server runs, at the intervals that a server runs them by default.
 */
final class AnchorBench {

  private static final String HOSPITAL = "seoul";
  private static final Duration SEQUENCING = Duration.ofMillis(500);
  private static final Duration FOLLOWING = Duration.ofSeconds(1);
  private static final Duration LOOKING = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int MEAN_GAP_MILLIS = 100;

  private final Map<String, Long> committed = new ConcurrentHashMap<>();
  private final List<Long> millis = new ArrayList<>();
  private final JdbcConnectionPool database = Tables.memory();
  private long seen;

  /** Commits about ten entries a second for so many seconds. */
  static Latencies run(Path keys, Duration interval, int seconds, LongConsumer progress)
      throws SQLException, InterruptedException, IOException {
    return new AnchorBench().measure(keys, interval, seconds, progress);
  }

  private Latencies measure(Path keys, Duration interval, int seconds, LongConsumer progress)
      throws SQLException, InterruptedException, IOException {
    LogKeys logKeys =
        new LogKeys(new KeyDirectory(Files.createDirectories(keys)), new SecureRandom());
    OpenLog log = new LogStore(database, logKeys, InstantSource.system()).open(Optional.empty());
    List<BackgroundLoop> loops = new ArrayList<>();
    try (Anvil chain = Anvil.start()) {
      Consortium consortium =
          Consortium.found(
              chain.url(),
              List.of(Consortium.hospital(HOSPITAL, new LogVkey(log.vkey().toString()))));
      chain.rpc("evm_setIntervalMining", 1);
      BesuLedger ledger =
          consortium.open(BesuSettings.of(RpcSettings.of(List.of(chain.url()))), database);
      Sequencer sequencer = new Sequencer(database, log.mac(), 1000, row -> {});
      LedgerAnchor anchor =
          new LedgerAnchor(
              database,
              log,
              ledger,
              new HospitalId(HOSPITAL),
              Consortium.publisher(HOSPITAL).account(),
              HeadMemory.NONE,
              new AnchorPolicy(interval, 10_000),
              InstantSource.system(),
              new SecureRandom());
      loops.add(new BackgroundLoop("sequencer", SEQUENCING, sequencer::runOnce));
      loops.add(new BackgroundLoop("chain", FOLLOWING, () -> follow(ledger)));
      loops.add(new BackgroundLoop("anchor", LOOKING, () -> publish(anchor)));
      loops.forEach(BackgroundLoop::start);
      write(new Entries(database, log), seconds, progress);
      awaitAnchored();
    } finally {
      loops.forEach(BackgroundLoop::close);
      database.dispose();
    }
    return new Latencies(millis);
  }

  private static void follow(BesuLedger ledger) {
    try {
      ledger.runOnce();
    } catch (LedgerUnavailableException e) {
      // The next round says whether it lasts.
    }
  }

  private void write(Entries entries, int seconds, LongConsumer progress)
      throws SQLException, InterruptedException {
    Random random = new Random(1);
    long start = System.nanoTime();
    long second = 0;
    while (second < seconds) {
      entries.write(1);
      committed.put(Long.toString(entries.written() - 1), System.nanoTime());
      Thread.sleep(random.nextInt(2 * MEAN_GAP_MILLIS));
      long now = (System.nanoTime() - start) / 1_000_000_000;
      progress.accept(now - second);
      second = now;
    }
  }

  private void publish(LedgerAnchor anchor) {
    anchor.runOnce();
    long now = System.nanoTime();
    try {
      if (anchor.state().anchoredSize() > anchored()) {
        anchored(anchor.state().anchoredSize(), now);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the log cannot be read", e);
    }
  }

  private synchronized void anchored(long size, long now) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT resource_id FROM sillok_entry WHERE log = 1 AND leaf_index >= ?"
                    + " AND leaf_index < ?")) {
      select.setLong(1, seen);
      select.setLong(2, size);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          millis.add((now - committed.getOrDefault(rows.getString(1), now)) / 1_000_000);
        }
      }
    }
    seen = size;
  }

  private void awaitAnchored() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (anchored() < committed.size()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            "of " + committed.size() + " entries only " + anchored() + " were anchored");
      }
      Thread.sleep(100);
    }
  }

  private synchronized long anchored() {
    return seen;
  }
}
