package org.sillok.testdata.soak.chain;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.sillok.anchor.AnchorPolicy;
import org.sillok.anchor.HeadMemory;
import org.sillok.anchor.LedgerAnchor;
import org.sillok.faults.FaultyDatabase;
import org.sillok.ledger.ConsentId;
import org.sillok.ledger.ConsentKey;
import org.sillok.ledger.Expiry;
import org.sillok.ledger.LedgerRefusedException;
import org.sillok.ledger.LedgerUnavailableException;
import org.sillok.ledger.Receipt;
import org.sillok.ledger.besu.BesuLedger;
import org.sillok.ledger.besu.rpc.LedgerFile;
import org.sillok.log.BackgroundLoop;
import org.sillok.log.KeyDirectory;
import org.sillok.log.LogKeys;
import org.sillok.log.LogReader;
import org.sillok.log.LogStore;
import org.sillok.log.OpenLog;
import org.sillok.log.Sequencer;
import org.sillok.log.StoredCheckpoint;
import org.sillok.testdata.chain.Consortium;

/**
 * One of a hospital's servers, as far as log and ledger go: it gives entries their places, follows
 * the chain, publishes heads and records consents, in loops of its own. Its standard input tells it
 * what its database shall do, which consents to record, and, when it ends, to end as well.
 */
public final class ServerMain {

  private static final int BATCH = 1000;

  private final FaultyDatabase faulty;
  private final BesuLedger ledger;
  private final LedgerAnchor anchor;
  private final Sequencer sequencer;
  private final Set<String> recording = ConcurrentHashMap.newKeySet();
  private String said = "";

  private ServerMain(Path directory, String database, URI node) throws IOException {
    faulty = new FaultyDatabase(JdbcConnectionPool.create(database, "sa", ""));
    DataSource source = faulty.dataSource();
    LogKeys keys = new LogKeys(new KeyDirectory(directory), new SecureRandom());
    OpenLog log = new LogStore(source, keys, InstantSource.system()).open(Optional.empty());
    LedgerFile file = LedgerFile.parse(Files.readString(directory.resolve("ledger.json")));
    ledger = new Consortium(file, Common.MEMBERS).open(Common.impatient(node), source);
    new LogReader(source, log.mac())
        .newestAnchored(log.number())
        .flatMap(StoredCheckpoint::receipt)
        .map(Receipt::ofJson)
        .ifPresent(ledger::remember);
    sequencer = new Sequencer(source, log.mac(), BATCH, row -> {});
    anchor =
        new LedgerAnchor(
            source,
            log,
            ledger,
            Common.LOG.hospital(),
            Consortium.publisher(Common.HOSPITAL).account(),
            HeadMemory.NONE,
            new AnchorPolicy(Duration.ofMillis(300), BATCH),
            InstantSource.system(),
            new SecureRandom());
  }

  /**
   * @param arguments directory of keys and {@code ledger.json}, JDBC URL, node
   */
  public static void main(String[] arguments) throws IOException {
    ServerMain server =
        new ServerMain(Path.of(arguments[0]), arguments[1], URI.create(arguments[2]));
    new BackgroundLoop("sequencer", Duration.ofMillis(100), server.sequencer::runOnce).start();
    new BackgroundLoop("chain", Duration.ofMillis(200), server::follow).start();
    new BackgroundLoop("anchor", Duration.ofMillis(100), server::publish).start();
    server.obey();
    Runtime.getRuntime().halt(0);
  }

  private void follow() {
    try {
      ledger.runOnce();
    } catch (LedgerUnavailableException e) {
      // It is in the ledger's state.
    }
  }

  private void publish() {
    anchor.runOnce();
    String now = anchor.state().lastError().orElse("well") + anchor.state().stopped().orElse("");
    if (!now.equals(said)) {
      said = now;
      System.out.println(
          InstantSource.system().instant()
              + " at "
              + anchor.state().anchoredSize()
              + " of "
              + anchor.state().treeSize()
              + ": "
              + now);
    }
  }

  private void obey() throws IOException {
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      String[] words = order.split(" ", 2);
      switch (words[0]) {
        case "full" -> faulty.around(sql -> refuse(), sql -> {});
        case "free" -> faulty.around(sql -> {}, sql -> {});
        case "die-before" -> faulty.around(sql -> dieIf(sql, words[1]), sql -> {});
        case "die-after" -> faulty.around(sql -> {}, sql -> dieIf(sql, words[1]));
        case "consent" -> record(words[1]);
        default -> throw new IllegalArgumentException(order);
      }
    }
  }

  /** As PostgreSQL says it. */
  private static void refuse() throws SQLException {
    throw new SQLException("No space left on device", "53100");
  }

  private static void dieIf(String sql, String part) {
    if (sql.contains(part)) {
      Runtime.getRuntime().halt(137);
    }
  }

  private void record(String id) {
    if (recording.add(id)) {
      Thread thread = new Thread(() -> recordSurely(id), "consent");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Looks before it tries again, as whoever records a consent must. */
  private void recordSurely(String id) {
    ConsentKey key = new ConsentKey(Common.LOG.hospital(), ConsentId.parse(id));
    while (true) {
      try {
        if (ledger.consents().consent(key).isEmpty()) {
          ledger
              .consents()
              .record(
                  Consortium.publisher(Common.HOSPITAL).account(),
                  key,
                  Common.CONTENT,
                  Expiry.NEVER);
        }
        return;
      } catch (LedgerUnavailableException | LedgerRefusedException e) {
        // Tried again after a look.
      }
      try {
        Thread.sleep(200);
      } catch (InterruptedException e) {
        return;
      }
    }
  }
}
