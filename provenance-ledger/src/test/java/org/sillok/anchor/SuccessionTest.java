package org.sillok.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sillok.log.LogFixture.MAC;
import static org.sillok.log.LogFixture.create;
import static org.sillok.log.LogFixture.drain;
import static org.sillok.log.LogFixture.execute;
import static org.sillok.log.LogFixture.insert;
import static org.sillok.log.LogFixture.number;
import static org.sillok.log.LogFixture.rows;
import static org.sillok.log.LogFixture.sequencer;

import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sillok.ledger.AcceptedCheckpoint;
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
import org.sillok.log.KeyDirectory;
import org.sillok.log.LogAudit;
import org.sillok.log.LogAudit.Depth;
import org.sillok.log.LogBreak;
import org.sillok.log.LogFinding;
import org.sillok.log.LogFixture;
import org.sillok.log.LogKeyRing;
import org.sillok.log.LogReader;
import org.sillok.log.LogVkeys;
import org.sillok.log.OpenLog;
import org.sillok.log.StoredCheckpoint;
import org.sillok.merkle.ConsistencyProof;
import org.sillok.merkle.Hash;
import org.sillok.merkle.TiledTree;
import org.sillok.note.SignerKey;

/** What a server does when the ledger gives its log another key, or a successor. */
class SuccessionTest {

  private static final HospitalId SEOUL = new HospitalId("seoul");
  private static final LogId FIRST = LogId.first(SEOUL);
  private static final Address OWNER = Address.parse("0x" + "01".repeat(20));
  private static final Address PUBLISHER = Address.parse("0x" + "02".repeat(20));

  private final TestClock clock = new TestClock();
  private final DataSource database = LogFixture.h2();
  private final LogReader reader = new LogReader(database, MAC);
  @TempDir private Path dir;
  private final List<SignerKey> files = new CopyOnWriteArrayList<>();
  private final SignerKey first = key("seoul.example/log");
  private final Ledger ledger = embedded();
  private final OpenLog log = open();
  private LedgerAnchor anchor;
  private int written;

  @BeforeEach
  void start() {
    anchor = server(log);
  }

  private SignerKey key(String origin) {
    SignerKey key = SignerKey.generate(origin, new SecureRandom());
    files.add(key);
    return key;
  }

  private OpenLog open() {
    return new OpenLog(1, first, MAC, () -> new LogKeyRing(files, List.of()));
  }

  private LedgerAnchor server(OpenLog its) {
    return new LedgerAnchor(
        database,
        its,
        ledger,
        SEOUL,
        PUBLISHER,
        new HeadFile(new KeyDirectory(dir), its, SEOUL),
        new AnchorPolicy(Duration.ofSeconds(5), 100),
        clock,
        new Random(1));
  }

  private Ledger embedded() {
    Hospital seoul =
        new Hospital(
            SEOUL,
            "Seoul",
            URI.create("https://seoul.example/fhir"),
            OWNER,
            PUBLISHER,
            vkey(first),
            TokenKeys.NONE,
            true);
    return EmbeddedLedger.openOrFound(
        LogFixture.h2(), LedgerSigningKey.ofSeed(new byte[32]), clock, List.of(seoul));
  }

  private static LogVkey vkey(SignerKey key) {
    return new LogVkey(key.verifier().toString());
  }

  private void write(int entries) {
    for (int i = 0; i < entries; i++) {
      insert(database, create("r" + written++));
    }
    drain(sequencer(database, 1000));
  }

  private boolean publish() {
    clock.advance(Duration.ofMinutes(2));
    return anchor.runOnce();
  }

  private TreeHead newest(LogId of) {
    return ledger.checkpoints().latest(of).map(AcceptedCheckpoint::head).orElse(TreeHead.EMPTY);
  }

  /** The owner and the majority, which is the owner, since there is no other member. */
  private void replaceLog(SignerKey by) {
    LogId open =
        ledger.checkpoints().logs(SEOUL).get(ledger.checkpoints().logs(SEOUL).size() - 1).id();
    Motion motion = new Motion.ReplaceLog(open, newest(open), vkey(by));
    ledger.hospitals().execute(OWNER, ledger.hospitals().propose(OWNER, motion).number());
  }

  /** As if a backup of that size had been brought back, with the heads that it had. */
  private void restoreTo(int size) {
    execute(database, "DELETE FROM sillok_checkpoint WHERE tree_size > " + size);
    execute(database, "DELETE FROM sillok_entry WHERE leaf_index >= " + size);
    execute(database, "DELETE FROM sillok_tile");
    execute(database, "UPDATE sillok_entry SET log = NULL, leaf_index = NULL");
    execute(database, "UPDATE sillok_log SET tree_size = 0");
    drain(sequencer(database, 1000));
  }

  private List<LogFinding> findings(int number, LogVkeys vkeys, long end) {
    List<LogFinding> found = new ArrayList<>();
    LedgerWitness witness = new LedgerWitness(ledger, new LogId(SEOUL, number), end);
    new LogAudit(database, number, vkeys, MAC, witness)
        .run(Depth.ENTRIES, found::add, leaves -> {});
    return found;
  }

  private StoredCheckpoint anchored(int number) {
    return reader.newestAnchored(number).orElseThrow();
  }

  @Test
  void theKeyThatTheLedgerNamesSignsAndOldHeadsStayGood() throws Exception {
    write(3);
    assertThat(publish()).isTrue();
    SignerKey second = key("seoul.example/log");
    write(1);
    assertThat(publish()).isTrue();
    assertThat(log.vkeys().signer(anchored(1).note())).isEqualTo(first.verifier());

    ledger.hospitals().changeLogVkey(OWNER, SEOUL, vkey(second));
    write(1);
    assertThat(publish()).isTrue();

    assertThat(LogVkeys.of(second.verifier()).open(anchored(1).note()).size()).isEqualTo(5);
    assertThat(rows(database, "SELECT vkey FROM sillok_log"))
        .containsExactly(List.of(second.verifier().toString()));
    assertThat(findings(1, log.vkeys(), Long.MAX_VALUE)).isEmpty();
    assertThat(findings(1, LogVkeys.of(second.verifier()), Long.MAX_VALUE)).hasSize(2);
  }

  @Test
  void withoutTheFileOfTheKeyNothingIsPublishedAndWritesGoOn() {
    write(3);
    publish();
    SignerKey elsewhere = SignerKey.generate("seoul.example/log", new SecureRandom());
    ledger.hospitals().changeLogVkey(OWNER, SEOUL, vkey(elsewhere));
    write(2);
    assertThat(publish()).isFalse();
    assertThat(anchor.state().lastError().orElseThrow())
        .contains(elsewhere.verifier().toString(), "log*.key");
    write(2);
    assertThat(reader.size(1)).isEqualTo(7);
    assertThat(newest(FIRST).size()).isEqualTo(3);

    files.add(elsewhere);
    assertThat(publish()).isTrue();

    assertThat(newest(FIRST).size()).isEqualTo(7);
    assertThat(anchor.state().lastError()).isEmpty();
  }

  @Test
  void afterAnOlderBackupTheSuccessorHasWhatTheLedgerDoesNotVouchFor() {
    for (int size : new int[] {3, 3, 4}) {
      write(size);
      assertThat(publish()).isTrue();
    }
    TreeHead broken = newest(FIRST);
    restoreTo(7);
    write(5);
    assertThat(publish()).isFalse();
    assertThat(anchor.state().stopped().orElseThrow())
        .contains("does not have the tree of 10 leaves");

    LogVkeys before = log.vkeys();
    replaceLog(key("seoul.example/log2"));
    assertThat(publish()).isFalse();
    assertThat(anchor.state().stopped()).isEmpty();
    drain(sequencer(database, 1000));
    assertThat(publish()).isTrue();

    LogBreak where = new LogBreak(1, 6, 10, broken.root());
    assertThat(where.lost()).isTrue();
    assertThat(where.toString()).contains("closed by the members at 10", "first 6", "4 after them");
    assertThat(anchor.state().breaks()).containsExactly(where);
    assertThat(reader.size(1)).isEqualTo(6);
    assertThat(newest(new LogId(SEOUL, 2)).size()).isEqualTo(6);
    assertThat(findings(1, before, 6)).isEmpty();
    assertThat(findings(2, log.vkeys(), Long.MAX_VALUE)).isEmpty();
    // What was proved before still is, under the same head, by the same key.
    assertThat(anchored(1).size()).isEqualTo(6);
    assertThat(new TiledTree(reader.tiles(1)).root(6)).isEqualTo(anchored(1).root());
    assertThat(ledger.checkpoints().checkpointAt(FIRST, 6).orElseThrow().head().root())
        .isEqualTo(anchored(1).root());
    write(1);
    assertThat(publish()).isTrue();
    assertThat(newest(new LogId(SEOUL, 2)).size()).isEqualTo(7);
    assertThat(newest(FIRST)).isEqualTo(broken);
  }

  @Test
  void aHeadThatAThiefHasPublishedIsLeftBehindWithNothingOfOursLost() {
    write(3);
    publish();
    TiledTree tree = new TiledTree(reader.tiles(1));
    Hash root = tree.root(3);
    write(2);
    // The three leaves, and junk: RFC 6962's proof from 3 to 4 needs c, d and the left half.
    Hash junk = Hash.of(new byte[Hash.SIZE]);
    Hash left = tree.root(2);
    Hash third = Hash.at(reader.tiles(1).hashes(0, 0), 2 * Hash.SIZE);
    Hash forged = org.sillok.merkle.Rfc6962.node(left, org.sillok.merkle.Rfc6962.node(third, junk));
    ledger
        .checkpoints()
        .publish(
            PUBLISHER,
            FIRST,
            new TreeHead(4, forged),
            new ConsistencyProof(3, 4, List.of(third, junk, left)));
    assertThat(publish()).isFalse();
    assertThat(anchor.state().stopped()).isPresent();

    replaceLog(key("seoul.example/log2"));
    publish();
    drain(sequencer(database, 1000));
    assertThat(publish()).isTrue();

    assertThat(anchor.state().breaks()).containsExactly(new LogBreak(1, 3, 4, forged));
    assertThat(newest(new LogId(SEOUL, 2)).size()).isEqualTo(2);
    assertThat(new TiledTree(reader.tiles(1)).root(3)).isEqualTo(root);
    assertThat(number(database, "SELECT COUNT(*) FROM sillok_entry")).isEqualTo(5);
  }

  @Test
  void aReceiptThatNeverCameIsFetchedBeforeTheLogIsClosed() {
    write(3);
    publish();
    write(3);
    publish();
    execute(database, "DELETE FROM sillok_checkpoint WHERE tree_size = 6");
    write(2);
    replaceLog(key("seoul.example/log2"));
    publish();

    assertThat(anchored(1).size()).isEqualTo(6);
    assertThat(reader.size(1)).isEqualTo(6);
    assertThat(reader.breaks().get(0).lost()).isFalse();
  }

  @Test
  void successorsOfSuccessorsAreFollowedOneByOne() {
    write(3);
    publish();
    replaceLog(key("seoul.example/log2"));
    replaceLog(key("seoul.example/log3"));
    write(1);

    publish();
    drain(sequencer(database, 1000));
    assertThat(publish()).isTrue();

    assertThat(log.number()).isEqualTo(3);
    assertThat(newest(new LogId(SEOUL, 3)).size()).isEqualTo(1);
    assertThat(reader.breaks()).extracting(LogBreak::log).containsExactly(1, 2);
    assertThat(reader.breaks()).noneMatch(LogBreak::lost);
  }

  @Test
  void aSecondServerGoesOnToTheSuccessorAsWell() {
    OpenLog its = open();
    LedgerAnchor other = server(its);
    write(3);
    publish();
    other.runOnce();
    replaceLog(key("seoul.example/log2"));
    write(2);
    publish();
    drain(sequencer(database, 1000));
    clock.advance(Duration.ofMinutes(2));

    assertThat(other.runOnce()).isTrue();

    assertThat(its.number()).isEqualTo(2);
    assertThat(newest(new LogId(SEOUL, 2)).size()).isEqualTo(2);
    assertThat(rows(database, "SELECT log, tree_size FROM sillok_log ORDER BY log"))
        .hasToString("[[1, 3], [2, 2]]");
  }

  @Test
  void withoutTheSuccessorsKeyTheLogStaysAsItIs() {
    write(3);
    publish();
    SignerKey elsewhere = SignerKey.generate("seoul.example/log2", new SecureRandom());
    replaceLog(elsewhere);
    write(2);
    assertThat(publish()).isFalse();
    assertThat(anchor.state().lastError().orElseThrow()).contains("seoul.example/log2");
    assertThat(reader.size(1)).isEqualTo(5);
    assertThat(log.number()).isEqualTo(1);
  }
}
