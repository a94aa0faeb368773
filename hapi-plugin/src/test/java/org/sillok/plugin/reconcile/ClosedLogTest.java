package org.sillok.plugin.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.net.URI;
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
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sillok.anchor.AnchorPolicy;
import org.sillok.anchor.HeadMemory;
import org.sillok.anchor.LedgerAnchor;
import org.sillok.canonical.Commitment;
import org.sillok.canonical.Nonce;
import org.sillok.ledger.Address;
import org.sillok.ledger.Hospital;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.Ledger;
import org.sillok.ledger.LogId;
import org.sillok.ledger.LogVkey;
import org.sillok.ledger.Motion;
import org.sillok.ledger.TokenKeys;
import org.sillok.ledger.TreeHead;
import org.sillok.ledger.block.LedgerSigningKey;
import org.sillok.ledger.embedded.EmbeddedLedger;
import org.sillok.log.Cause;
import org.sillok.log.Entry;
import org.sillok.log.EntryWriter;
import org.sillok.log.KeyDirectory;
import org.sillok.log.LogBreak;
import org.sillok.log.LogKeys;
import org.sillok.log.LogReader;
import org.sillok.log.LogStore;
import org.sillok.log.LogVkeys;
import org.sillok.log.NewEntry;
import org.sillok.log.OpenLog;
import org.sillok.log.ResourceVersion;
import org.sillok.log.Sequencer;
import org.sillok.log.StoredEntry;
import org.sillok.merkle.ConsistencyProof;
import org.sillok.merkle.Hash;
import org.sillok.merkle.Rfc6962;
import org.sillok.merkle.TiledTree;
import org.sillok.note.VerifierKey;
import org.sillok.reconcile.Finding;
import org.sillok.reconcile.LogState.Audited;
import org.sillok.verification.CheckpointCheck;
import org.sillok.verification.LogCheck;
import org.sillok.verification.LoggedEntry;
import org.sillok.verification.Logs;
import org.sillok.verification.Step;
import org.sillok.verification.StoredVersions;
import org.sillok.verification.Verdict;
import org.sillok.verification.Verifier;
import org.sillok.verification.VersionPicture;

/**
 * What the sweep and {@code $verify} say of a log that was closed with leaves that are not here.
 */
class ClosedLogTest {

  private static final HospitalId SEOUL = new HospitalId("seoul");
  private static final Address OWNER = Address.parse("0x" + "01".repeat(20));
  private static final Address PUBLISHER = Address.parse("0x" + "02".repeat(20));
  private static final Cause CAUSE = new Cause("request-1", "system", "create");

  @TempDir private Path directory;
  private final DataSource database = database();
  private Instant now = Instant.parse("2026-11-22T03:04:05Z");
  private LogKeys keys;
  private OpenLog log;
  private LogReader reader;
  private Ledger ledger;
  private LedgerAnchor anchor;

  private static DataSource database() {
    JdbcDataSource h2 = new JdbcDataSource();
    h2.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    Flyway.configure().dataSource(h2).locations("classpath:org/sillok/schema").load().migrate();
    return h2;
  }

  @BeforeEach
  void startServer() {
    keys = new LogKeys(new KeyDirectory(directory), new SecureRandom());
    log = new LogStore(database, keys, () -> now).open(Optional.of("seoul.example/log"));
    reader = new LogReader(database, log.mac());
    Hospital seoul =
        new Hospital(
            SEOUL,
            "Seoul",
            URI.create("https://seoul.example/fhir"),
            OWNER,
            PUBLISHER,
            new LogVkey(log.vkey().toString()),
            TokenKeys.NONE,
            true);
    ledger =
        EmbeddedLedger.openOrFound(
            database, LedgerSigningKey.ofSeed(new byte[32]), () -> now, List.of(seoul));
    AnchorPolicy policy = new AnchorPolicy(Duration.ofSeconds(5), 100);
    anchor =
        new LedgerAnchor(
            database,
            log,
            ledger,
            SEOUL,
            PUBLISHER,
            HeadMemory.NONE,
            policy,
            () -> now,
            new Random(1));
  }

  private void write(Entry... entries) throws Exception {
    try (Connection connection = database.getConnection()) {
      for (Entry entry : entries) {
        Nonce nonce = entry.commitment() == null ? null : nonce(entry.subject());
        new EntryWriter(log.mac()).insert(connection, List.of(new NewEntry(entry, nonce)));
      }
    }
    place();
  }

  private void place() {
    new Sequencer(database, log.mac(), 100, row -> {}).runOnce();
  }

  private static Nonce nonce(ResourceVersion of) {
    return Nonce.of(
        Rfc6962.leaf(of.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8)).toBytes());
  }

  private Entry created(ResourceVersion version) {
    Commitment commitment = Commitment.of(nonce(version), new byte[1]);
    return Entry.of(Entry.Action.CREATE, version, now, CAUSE, commitment);
  }

  private void publish() {
    now = now.plus(Duration.ofMinutes(2));
    anchor.runOnce();
    place();
  }

  /** Two leaves of ours under the first head, one of nobody under the second. */
  private void closeWithALeafOfNobody() {
    LogId first = LogId.first(SEOUL);
    Hash junk = Hash.of(new byte[Hash.SIZE]);
    Hash root = Rfc6962.node(new TiledTree(reader.tiles(1)).root(2), junk);
    ConsistencyProof proof = new ConsistencyProof(2, 3, List.of(junk));
    ledger.checkpoints().publish(PUBLISHER, first, new TreeHead(3, root), proof);
    LogVkey next = new LogVkey(keys.another("seoul.example/log2").verifier().toString());
    Motion motion = new Motion.ReplaceLog(first, new TreeHead(3, root), next);
    ledger.hospitals().execute(OWNER, ledger.hospitals().propose(OWNER, motion).number());
    publish();
    assertThat(log.number()).isEqualTo(2);
  }

  private Logs logs() {
    return new Logs() {
      @Override
      public int open() {
        return log.number();
      }

      @Override
      public LogId id(int number) {
        return new LogId(SEOUL, number);
      }

      @Override
      public VerifierKey key() {
        return log.vkey();
      }

      @Override
      public LogVkeys keys(int number) {
        return log.vkeys(reader.origin(number).orElseThrow());
      }

      @Override
      public Optional<LogBreak> broken(int number) {
        return reader.breaks().stream().filter(where -> where.log() == number).findFirst();
      }
    };
  }

  private List<Finding> walk() {
    WholeLogAudit audit =
        new WholeLogAudit(database, log, reader, ledger, logs(), receipts -> List.of(), () -> {});
    List<Finding> findings = new ArrayList<>();
    String next = "";
    do {
      Audited audited = audit.step(next);
      findings.addAll(audited.findings());
      next = audited.next();
    } while (!next.isEmpty());
    return findings;
  }

  private Verdict verify(ResourceVersion version, int log) {
    List<LoggedEntry> entries =
        reader.between(log, 0, 10).stream()
            .map(stored -> logged(version, stored))
            .filter(entry -> version.equals(entry.subject()))
            .toList();
    StoredVersions none =
        (StoredVersions)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {StoredVersions.class},
                (proxy, method, arguments) -> {
                  throw new UnsupportedOperationException(method.getName());
                });
    LogCheck check = new LogCheck(reader, new CheckpointCheck(ledger, logs()), logs());
    return new Verifier(none, reader, check, () -> now)
        .verify(new VersionPicture(version, null, null, entries, true));
  }

  private static LoggedEntry logged(ResourceVersion version, StoredEntry stored) {
    boolean expunged = stored.json().contains("expunge");
    return LoggedEntry.of(
        stored.id(),
        version,
        "resource",
        expunged ? "expunge" : "create",
        stored.json(),
        null,
        stored.authentic(),
        stored.place().log(),
        stored.place().index());
  }

  @Test
  void theLossIsAFindingOfEveryWalkAndANoteOfWhatTheLogStillProves() throws Exception {
    ResourceVersion gone = new ResourceVersion("Observation", "gone", 1);
    ResourceVersion later = new ResourceVersion("Observation", "later", 1);
    write(created(gone), Entry.expunge(gone, now, CAUSE, nonce(gone)));
    publish();
    assertThat(walk()).isEmpty();
    assertThat(verify(gone, 1).code()).isEqualTo(Verdict.Code.EXPUNGED);
    assertThat(verify(gone, 1).note()).isNull();
    write(created(later), Entry.expunge(later, now, CAUSE, nonce(later)));

    closeWithALeafOfNobody();
    publish();

    for (int walk = 0; walk < 2; walk++) {
      assertThat(walk())
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.step()).isEqualTo(Step.LEDGER);
                assertThat(finding.subject()).isEqualTo("log 1 closed");
                assertThat(finding.detail()).contains("at 3 leaves", "first 2", "1 after them");
              });
    }
    assertThat(verify(gone, 1).code()).isEqualTo(Verdict.Code.EXPUNGED);
    assertThat(verify(gone, 1).note()).contains("log 1 was closed", "lost");
    assertThat(verify(later, 2).code()).isEqualTo(Verdict.Code.EXPUNGED);
    assertThat(verify(later, 2).note()).isNull();
    assertThat(verify(later, 2).anchor().log()).hasToString("seoul/2");
  }

  @Test
  void whoeverForgetsTheBreakInTheTableIsToldByTheLedger() throws Exception {
    ResourceVersion one = new ResourceVersion("Observation", "one", 1);
    write(created(one), Entry.expunge(one, now, CAUSE, nonce(one)));
    publish();
    write(created(new ResourceVersion("Observation", "two", 1)));
    closeWithALeafOfNobody();
    try (Connection connection = database.getConnection()) {
      connection
          .createStatement()
          .executeUpdate("UPDATE sillok_log SET closed_size = NULL, closed_root = NULL");
    }
    assertThat(walk()).extracting(Finding::subject).containsExactly("log 1 closed");
  }
}
