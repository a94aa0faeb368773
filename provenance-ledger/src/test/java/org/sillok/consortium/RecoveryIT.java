package org.sillok.consortium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sillok.log.LogFixture.create;
import static org.sillok.log.LogFixture.drain;
import static org.sillok.log.LogFixture.execute;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sillok.anchor.AnchorPolicy;
import org.sillok.anchor.HeadMemory;
import org.sillok.anchor.LedgerAnchor;
import org.sillok.anchor.LedgerWitness;
import org.sillok.faults.Anvil;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.LedgerRefusedException;
import org.sillok.ledger.LogId;
import org.sillok.ledger.Rule;
import org.sillok.ledger.TreeHead;
import org.sillok.ledger.besu.BesuLedger;
import org.sillok.ledger.besu.BesuSettings;
import org.sillok.ledger.besu.rpc.LedgerFile;
import org.sillok.ledger.besu.rpc.RpcSettings;
import org.sillok.ledger.besu.send.SendSettings;
import org.sillok.ledger.besu.sign.KeySigner;
import org.sillok.ledger.eip712.TestKey;
import org.sillok.log.EntryWriter;
import org.sillok.log.HeadWitness;
import org.sillok.log.KeyDirectory;
import org.sillok.log.LogAudit;
import org.sillok.log.LogBreak;
import org.sillok.log.LogFinding;
import org.sillok.log.LogKeys;
import org.sillok.log.LogReader;
import org.sillok.log.LogStore;
import org.sillok.log.NewEntry;
import org.sillok.log.OpenLog;
import org.sillok.log.Sequencer;
import org.sillok.log.StoredCheckpoint;
import org.sillok.merkle.ConsistencyProof;
import org.sillok.merkle.Hash;
import org.sillok.merkle.Rfc6962;
import org.sillok.merkle.TiledTree;

/** What docs/operating-besu.md says to do when a hospital's log cannot go on as it is. */
class RecoveryIT {

  private static final HospitalId SEOUL = new HospitalId("seoul");
  private static final LogId FIRST = LogId.first(SEOUL);
  private static final LogId SECOND = FIRST.next();

  @TempDir private Path dir;
  private Anvil chain;
  private DataSource database;
  private Server server;
  private Path password;
  private String output = "";
  private Instant now = Instant.parse("2026-11-22T03:04:05Z");
  private int written;

  /** A hospital's server as far as its log goes. */
  private final class Server {
    private final OpenLog log;
    private final BesuLedger ledger;
    private final LogReader reader;
    private final LedgerAnchor anchor;
    private final Sequencer sequencer;

    Server(String publisher) throws Exception {
      log = new LogStore(database, keys(), () -> now).open(Optional.empty());
      reader = new LogReader(database, log.mac());
      KeySigner signer = new KeySigner(key(publisher).secret());
      ledger = open(signer);
      sequencer = new Sequencer(database, log.mac(), 1000, row -> {});
      AnchorPolicy policy = new AnchorPolicy(Duration.ofSeconds(5), 1000);
      anchor =
          new LedgerAnchor(
              database,
              log,
              ledger,
              SEOUL,
              signer.account(),
              HeadMemory.NONE,
              policy,
              () -> now,
              new Random(1));
    }

    private BesuLedger open(KeySigner signer) throws Exception {
      BesuSettings settings =
          BesuSettings.of(
                  RpcSettings.of(List.of(chain.url()))
                      .withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(3)))
              .withSending(
                  new SendSettings(
                      Duration.ofMillis(20), Duration.ofMillis(500), Duration.ofSeconds(20)));
      LedgerFile file = LedgerFile.parse(Files.readString(dir.resolve("ledger.json")));
      return BesuLedger.open(file, settings, database, of -> Optional.of(signer), () -> now);
    }

    void write(int entries) throws Exception {
      List<NewEntry> all = new ArrayList<>();
      for (int i = 0; i < entries; i++) {
        all.add(create("r" + written++));
      }
      try (Connection connection = database.getConnection()) {
        new EntryWriter(log.mac()).insert(connection, all);
      }
      drain(sequencer);
    }

    boolean publish() {
      now = now.plus(Duration.ofMinutes(2));
      boolean published = anchor.runOnce();
      drain(sequencer);
      return published;
    }

    TreeHead newest(LogId of) {
      return ledger.checkpoints().log(of).orElseThrow().head();
    }

    List<LogFinding> findings(int number, String origin, long end) {
      List<LogFinding> found = new ArrayList<>();
      HeadWitness witness = new LedgerWitness(ledger, new LogId(SEOUL, number), end);
      new LogAudit(database, number, log.vkeys(origin), log.mac(), witness)
          .run(LogAudit.Depth.TREE, found::add, leaves -> {});
      return found;
    }
  }

  @BeforeEach
  void foundAConsortium() throws Exception {
    chain = Anvil.start();
    password = Files.writeString(dir.resolve("password"), "correct horse\n");
    database =
        JdbcConnectionPool.create(
            "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
    Flyway.configure()
        .dataSource(database)
        .locations("classpath:org/sillok/schema")
        .load()
        .migrate();
    List<String> deploy = new ArrayList<>(List.of("deploy", "--chain-id", "1337"));
    for (String hospital : List.of("seoul", "busan", "daegu")) {
      deploy.add(describe(hospital));
    }
    deploy.addAll(List.of("--rpc", chain.url().toString()));
    deploy.addAll(List.of("--out", dir.resolve("ledger.json").toString()));
    done("seoul", false, deploy.toArray(String[]::new));
    server = new Server("seoul-publisher");
  }

  @AfterEach
  void stopChain() {
    chain.close();
  }

  private String describe(String hospital) throws Exception {
    String file = dir.resolve(hospital + ".json").toString();
    run(
        "describe",
        "--id",
        hospital,
        "--name",
        hospital,
        "--fhir-base-url",
        "https://" + hospital + ".example/fhir",
        "--owner",
        key(hospital).address().toString(),
        "--publisher",
        key(hospital + "-publisher").address().toString(),
        "--log-vkey",
        newLogKey(hospital, hospital + ".example/log", false),
        file);
    return file;
  }

  private String newLogKey(String hospital, String origin, boolean another) {
    List<String> args = new ArrayList<>(List.of("log-key", "--origin", origin));
    args.addAll(List.of("--data-directory", dir.resolve(hospital + "-data").toString()));
    if (another) {
      args.add("--another");
    }
    run(args.toArray(String[]::new));
    return output.strip();
  }

  private LogKeys keys() {
    return new LogKeys(new KeyDirectory(dir.resolve("seoul-data")), new SecureRandom());
  }

  private TestKey key(String name) throws Exception {
    TestKey key = TestKey.named(name + dir);
    Files.writeString(dir.resolve(name + ".key"), LightKeystore.of(key, "correct horse"));
    return key;
  }

  private void run(String... args) {
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out, true);
    int status = Main.run(List.of(args), question -> Optional.empty(), writer, writer);
    output = out.toString();
    assertThat(status).as(output).isEqualTo(Main.DONE);
  }

  private void done(String owner, boolean deployed, String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--keystore", dir.resolve(owner + ".key").toString()));
    all.addAll(List.of("--password-file", password.toString()));
    if (deployed) {
      all.addAll(List.of("--rpc", chain.url().toString()));
      all.addAll(List.of("--ledger", dir.resolve("ledger.json").toString()));
    }
    run(all.toArray(String[]::new));
  }

  private void successor() {
    String vkey = newLogKey("seoul", "seoul.example/log2", true);
    done("seoul", true, "successor", "--log-vkey", vkey);
    assertThat(output).contains("close log seoul/1 at", vkey, "approve 1");
    done("busan", true, "approve", "1", "--yes");
    done("daegu", true, "approve", "1", "--yes");
    assertThat(output).contains("the members have decided: done");
  }

  @Test
  void theLogsKeyIsChangedWhileTheServerRuns() throws Exception {
    server.write(3);
    assertThat(server.publish()).isTrue();
    String next = newLogKey("seoul", "seoul.example/log", true);
    server.write(1);
    assertThat(server.publish()).isTrue();
    done("seoul", true, "change-log-key", next);
    server.write(1);
    assertThat(server.publish()).isTrue();

    assertThat(server.log.vkey()).hasToString(next);
    assertThat(server.findings(1, "seoul.example/log", Long.MAX_VALUE)).isEmpty();
    StoredCheckpoint newest = server.reader.newestAnchored(1).orElseThrow();
    assertThat(server.log.vkeys().signer(newest.note())).hasToString(next);
    assertThat(new Server("seoul-publisher").log.vkey()).hasToString(next);
  }

  @Test
  void anOlderBackupWasBroughtBack() throws Exception {
    server.write(5);
    assertThat(server.publish()).isTrue();
    Path backup = dir.resolve("backup.sql");
    execute(database, "SCRIPT TO '" + backup + "'");
    server.write(4);
    assertThat(server.publish()).isTrue();
    TreeHead last = server.newest(FIRST);

    execute(database, "DROP ALL OBJECTS");
    execute(database, "RUNSCRIPT FROM '" + backup + "'");
    server = new Server("seoul-publisher");
    server.write(7);
    assertThat(server.publish()).isFalse();
    assertThat(server.anchor.state().stopped().orElseThrow()).contains("does not extend");

    successor();
    server.publish();
    assertThat(server.publish()).isTrue();

    assertThat(server.anchor.state().stopped()).isEmpty();
    assertThat(server.anchor.state().breaks()).containsExactly(new LogBreak(1, 5, 9, last.root()));
    assertThat(server.newest(SECOND).size()).isEqualTo(7);
    assertThat(server.findings(1, "seoul.example/log", 5)).isEmpty();
    assertThat(server.findings(2, "seoul.example/log2", Long.MAX_VALUE)).isEmpty();
    // Everybody sees the break: the chain has where the first log ended, and it stays closed.
    assertThat(server.ledger.checkpoints().log(SECOND).orElseThrow().predecessorHead())
        .isEqualTo(last);
    server.write(1);
    assertThat(server.publish()).isTrue();
    server = new Server("seoul-publisher");
    assertThat(server.log.number()).isEqualTo(2);
    server.write(1);
    assertThat(server.publish()).isTrue();
    assertThat(server.newest(SECOND).size()).isEqualTo(9);
  }

  @Test
  void thePublisherKeyWasStolenAndAHeadOfJunkPublished() throws Exception {
    server.write(4);
    assertThat(server.publish()).isTrue();
    TiledTree tree = new TiledTree(server.reader.tiles(1));
    server.write(2);
    Hash junk = Hash.of(new byte[Hash.SIZE]);
    TreeHead forged = new TreeHead(5, Rfc6962.node(tree.root(4), junk));
    var thief = new Server("seoul-publisher").ledger.checkpoints();
    var publisher = key("seoul-publisher").address();
    ConsistencyProof proof = new ConsistencyProof(4, 5, List.of(junk));
    thief.publish(publisher, FIRST, forged, proof);
    assertThat(server.publish()).isFalse();
    assertThat(server.anchor.state().stopped()).isPresent();

    done("seoul", true, "change-publisher", key("next-publisher").address().toString());
    successor();
    server = new Server("next-publisher");
    server.publish();
    assertThat(server.publish()).isTrue();

    assertThat(server.anchor.state().breaks())
        .containsExactly(new LogBreak(1, 4, 5, forged.root()));
    assertThat(server.newest(SECOND).size()).isEqualTo(2);
    assertThat(server.findings(1, "seoul.example/log", 4)).isEmpty();
    TreeHead more = new TreeHead(1, junk);
    assertThatThrownBy(
            () -> thief.publish(publisher, SECOND, more, new ConsistencyProof(0, 1, List.of())))
        .isInstanceOfSatisfying(
            LedgerRefusedException.class,
            refusal -> assertThat(refusal.rule()).isEqualTo(Rule.SENDER_NOT_PUBLISHER));
  }
}
