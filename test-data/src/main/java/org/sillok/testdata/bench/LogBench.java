package org.sillok.testdata.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.sillok.canonical.Commitment;
import org.sillok.canonical.Nonce;
import org.sillok.log.AuditResult;
import org.sillok.log.Cause;
import org.sillok.log.Entry;
import org.sillok.log.Entry.Action;
import org.sillok.log.EntryWriter;
import org.sillok.log.HeadWitness;
import org.sillok.log.KeyDirectory;
import org.sillok.log.LogAudit;
import org.sillok.log.LogKeys;
import org.sillok.log.LogReader;
import org.sillok.log.LogStore;
import org.sillok.log.NewEntry;
import org.sillok.log.OpenLog;
import org.sillok.log.ResourceVersion;
import org.sillok.log.Sequencer;
import org.sillok.merkle.Hash;
import org.sillok.merkle.ProofException;
import org.sillok.merkle.RootBuilder;
import org.sillok.merkle.TiledTree;

/**
 * How fast the log is by itself, on H2 in a file: writing entries, giving them places, proofs, and
 * rebuilding the tree.
 */
public final class LogBench {

  private static final int TRANSACTION = 1000;
  private static final int PAGE = 8192;
  private static final int PROOFS = 10_000;
  private static final Instant WHEN = Instant.parse("2026-11-22T03:04:05.678Z");
  private static final Cause CAUSE =
      new Cause("6c9d8f0a-3f0e-4a52-9a53-0f5d7f0f5a11", "practitioner/kim", "transaction");

  private final PrintStream out;
  private final DataSource database;
  private final LogKeys keys;

  private LogBench(PrintStream out, DataSource database, LogKeys keys) {
    this.out = out;
    this.database = database;
    this.keys = keys;
  }

  /** Measures a log of {@code entries} leaves in a directory that is deleted afterwards. */
  public static void run(PrintStream out, int entries) {
    try {
      Path directory = Files.createTempDirectory("sillok-bench-");
      JdbcConnectionPool pool =
          JdbcConnectionPool.create("jdbc:h2:file:" + directory.resolve("log"), "sa", "");
      try {
        LogKeys keys = new LogKeys(new KeyDirectory(directory), new SecureRandom());
        new LogBench(out, pool, keys).measure(entries);
      } finally {
        pool.dispose();
        delete(directory);
      }
    } catch (IOException | SQLException e) {
      throw new IllegalStateException("the benchmark could not be run", e);
    }
  }

  private void measure(int entries) throws IOException, SQLException {
    createTables();
    OpenLog log = new LogStore(database, keys, Clock.systemUTC()).open(Optional.empty());
    line("leaves", entries, "");
    rate("writing entries", entries, () -> write(log, entries));
    Sequencer sequencer = new Sequencer(database, log.mac(), TRANSACTION, row -> {});
    rate("giving places (sequencer alone)", entries, () -> sequence(sequencer, entries));
    LogReader reader = new LogReader(database, log.mac());
    Hash root = new TiledTree(reader.tiles(log.number())).root(entries);
    proofs(reader, log.number(), entries, root);
    rebuild(entries);
    rate("rebuilding and checking the tree", entries, () -> audit(log, root, LogAudit.Depth.TREE));
    rate("auditing everything", entries, () -> audit(log, root, LogAudit.Depth.ENTRIES));
    rate("  of that, reading what is hashed", entries, () -> read(log, entries));
  }

  /** Of entries in memory: what hashing alone costs. */
  private void rebuild(int entries) throws SQLException {
    List<byte[]> texts = new ArrayList<>();
    for (int i = 0; i < 4096; i++) {
      texts.add(entry(i).entry().toJson().getBytes(UTF_8));
    }
    RootBuilder rebuilt = new RootBuilder();
    rate(
        "rebuilding the tree (hashing alone)",
        entries,
        () -> {
          for (int i = 0; i < entries; i++) {
            rebuilt.add(texts.get(i % texts.size()));
          }
          rebuilt.root();
        });
  }

  private void createTables() throws IOException, SQLException {
    try (InputStream script =
            EntryWriter.class.getResourceAsStream("/org/sillok/schema/V1__provenance_log.sql");
        Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      if (script == null) {
        throw new IOException("the schema is not on the class path");
      }
      statement.execute(new String(script.readAllBytes(), UTF_8));
    }
  }

  private void write(OpenLog log, int entries) throws SQLException {
    EntryWriter writer = new EntryWriter(log.mac());
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      List<NewEntry> transaction = new ArrayList<>();
      for (int i = 0; i < entries; i++) {
        transaction.add(entry(i));
        if (transaction.size() == TRANSACTION || i == entries - 1) {
          writer.insert(connection, transaction);
          connection.commit();
          transaction.clear();
        }
      }
      connection.setAutoCommit(true);
    }
  }

  /** Four resources out of five have one version, the others get updates. */
  private static NewEntry entry(int i) {
    byte[] seed = new byte[Nonce.SIZE];
    new Random(i).nextBytes(seed);
    Nonce nonce = Nonce.of(seed);
    boolean update = i % 5 == 4;
    String id = Integer.toString(update ? i % 1000 : i);
    return new NewEntry(
        Entry.of(
            update ? Action.UPDATE : Action.CREATE,
            new ResourceVersion("Observation", id, update ? 2 + i / 1000 : 1),
            WHEN.plusMillis(i),
            CAUSE,
            Commitment.of(nonce, seed)),
        nonce);
  }

  private void sequence(Sequencer sequencer, int entries) {
    int quarter = Math.max(1, entries / 4);
    int placed = 0;
    for (int taken = sequencer.runOnce(); taken > 0; taken = sequencer.runOnce()) {
      if (placed / quarter != (placed + taken) / quarter) {
        line("  heap in use after " + (placed + taken), heapInMegabytes(), "MB");
      }
      placed += taken;
    }
  }

  private static long heapInMegabytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
  }

  private void audit(OpenLog log, Hash root, LogAudit.Depth depth) {
    AuditResult result =
        new LogAudit(database, log.number(), log.vkeys(), log.mac(), HeadWitness.NONE)
            .run(depth, finding -> out.println(finding), leaves -> {});
    if (!result.isSound() || !result.root().equals(root)) {
      throw new IllegalStateException("the log is not sound: " + result);
    }
  }

  /** What the database needs to give the entries away, in order, to one thread. */
  private void read(OpenLog log, int entries) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT leaf_index, entry FROM sillok_entry WHERE log = ?"
                    + " AND leaf_index BETWEEN ? AND ? ORDER BY log, leaf_index, id")) {
      long characters = 0;
      for (int first = 0; first < entries; first += PAGE) {
        select.setInt(1, log.number());
        select.setLong(2, first);
        select.setLong(3, first + PAGE - 1L);
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            characters += rows.getString(2).length();
          }
        }
      }
      if (characters == 0) {
        throw new IllegalStateException("nothing was read");
      }
    }
  }

  private void proofs(LogReader reader, int log, int entries, Hash root) {
    TiledTree tree = new TiledTree(reader.tiles(log));
    Random random = new Random(1);
    long[] nanos = new long[PROOFS];
    for (int i = 0; i < PROOFS; i++) {
      long index = random.nextInt(entries);
      long start = System.nanoTime();
      var proof = tree.inclusion(index, entries);
      nanos[i] = System.nanoTime() - start;
      try {
        proof.verify(reader.at(log, index).orElseThrow().leaf(), root);
      } catch (ProofException e) {
        throw new IllegalStateException("a proof does not hold", e);
      }
    }
    Arrays.sort(nanos);
    line("inclusion proof, median", nanos[PROOFS / 2] / 1000, "µs");
    line("inclusion proof, 99 of 100", nanos[PROOFS * 99 / 100] / 1000, "µs");
  }

  @FunctionalInterface
  private interface Work {
    void run() throws SQLException;
  }

  private void rate(String what, int entries, Work work) throws SQLException {
    long cpu = cpuNanos();
    long start = System.nanoTime();
    work.run();
    double seconds = (System.nanoTime() - start) / 1e9;
    double cpuMicros = (cpuNanos() - cpu) / 1e3 / entries;
    line(
        what,
        Math.round(entries / seconds),
        String.format(Locale.ROOT, "entries/s, %.1f µs of processor time each", cpuMicros));
  }

  /** Of the whole process: collector, compiler and the database's own threads included. */
  private static long cpuNanos() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }

  private void line(String what, long value, String unit) {
    out.println(String.format(Locale.ROOT, "%-40s %,12d %s", what, value, unit).stripTrailing());
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
