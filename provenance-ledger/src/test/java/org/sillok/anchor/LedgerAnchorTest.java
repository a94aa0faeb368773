package org.sillok.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sillok.log.LogFixture.create;
import static org.sillok.log.LogFixture.drain;
import static org.sillok.log.LogFixture.execute;
import static org.sillok.log.LogFixture.insert;
import static org.sillok.log.LogFixture.number;
import static org.sillok.log.LogFixture.sequencer;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sillok.ledger.Address;
import org.sillok.ledger.Hospital;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.Ledger;
import org.sillok.ledger.LogId;
import org.sillok.ledger.LogVkey;
import org.sillok.ledger.Receipt;
import org.sillok.ledger.TokenKeys;
import org.sillok.ledger.TreeHead;
import org.sillok.ledger.block.LedgerSigningKey;
import org.sillok.ledger.embedded.EmbeddedLedger;
import org.sillok.log.LogFixture;
import org.sillok.log.LogReader;
import org.sillok.log.OpenLog;
import org.sillok.log.StepTrap;
import org.sillok.log.StoredCheckpoint;
import org.sillok.merkle.Hash;
import org.sillok.merkle.TiledTree;
import org.sillok.note.Checkpoint;
import org.sillok.note.SignedNote;

class LedgerAnchorTest {

  private static final HospitalId SEOUL = new HospitalId("seoul");
  private static final Address OWNER = Address.parse("0x" + "01".repeat(20));
  private static final Address PUBLISHER = Address.parse("0x" + "02".repeat(20));

  private final TestClock clock = new TestClock();
  private final DataSource database = LogFixture.h2();
  private final OpenLog log = LogFixture.openLog();
  private final LogReader reader = new LogReader(database, log.mac());
  private final FlakyLedger ledger = new FlakyLedger(embedded());
  private LedgerAnchor anchor;
  private int written;

  @BeforeEach
  void startServer() {
    anchor = server();
  }

  private LedgerAnchor server() {
    return server(database);
  }

  private LedgerAnchor server(DataSource itsDatabase) {
    return new LedgerAnchor(
        itsDatabase,
        log,
        ledger,
        SEOUL,
        PUBLISHER,
        HeadMemory.NONE,
        new AnchorPolicy(Duration.ofSeconds(5), 100),
        clock,
        new Random(1));
  }

  private Ledger embedded() {
    DataSource own = LogFixture.h2();
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
    return EmbeddedLedger.openOrFound(
        own, LedgerSigningKey.ofSeed(new byte[32]), clock, List.of(seoul));
  }

  private void write(int entries) {
    for (int i = 0; i < entries; i++) {
      insert(database, create("r" + written++));
    }
    drain(sequencer(database, 1000));
  }

  private long accepted() {
    return ledger
        .checkpoints()
        .latest(LogId.first(SEOUL))
        .map(checkpoint -> checkpoint.head().size())
        .orElse(0L);
  }

  private void later(long seconds) {
    clock.advance(Duration.ofSeconds(seconds));
  }

  @Test
  void publishesWhatTheTreeIsAndKeepsTheReceipt() throws Exception {
    write(3);

    assertThat(anchor.runOnce()).isTrue();

    StoredCheckpoint stored = reader.newestAnchored(1).orElseThrow();
    Checkpoint signed = Checkpoint.open(SignedNote.parse(stored.note()), log.vkey());
    assertThat(signed.size()).isEqualTo(3).isEqualTo(stored.size()).isEqualTo(accepted());
    assertThat(signed.root())
        .isEqualTo(new TiledTree(reader.tiles(1)).root(3))
        .isEqualTo(stored.root());
    assertThat(stored.anchoredAt()).contains(clock.instant());
    Receipt receipt = Receipt.ofJson(stored.receipt().orElseThrow());
    assertThat(ledger.receipt(receipt.transaction())).contains(receipt);
    assertThat(anchor.state().waiting()).isZero();
    assertThat(anchor.state().anchoredSize()).isEqualTo(3);
    assertThat(anchor.state().anchoredAt()).contains(clock.instant());
  }

  @Test
  void publishesNothingForAnEmptyLogAndAsksOnlyOnce() {
    for (int second = 0; second < 100; second++) {
      assertThat(anchor.runOnce()).isFalse();
      later(1);
    }
    assertThat(ledger.calls).isEqualTo(1);
  }

  @Test
  void publishesOncePerIntervalAndOnlyWhatIsNew() {
    write(1);
    assertThat(anchor.runOnce()).isTrue();
    write(1);
    assertThat(anchor.runOnce()).isFalse();
    assertThat(anchor.state().waiting()).isEqualTo(1);
    later(4);
    assertThat(anchor.runOnce()).isFalse();
    later(1);
    assertThat(anchor.runOnce()).isTrue();
    later(60);
    assertThat(anchor.runOnce()).isFalse();
    assertThat(ledger.published).isEqualTo(2);
  }

  @Test
  void publishesEarlierWhenABatchWaits() {
    write(1);
    anchor.runOnce();
    write(99);
    assertThat(anchor.runOnce()).isFalse();
    write(1);
    assertThat(anchor.runOnce()).isTrue();
    assertThat(accepted()).isEqualTo(101);
  }

  @Test
  void afterTenMinutesWithoutTheLedgerOneCheckpointCatchesUp() {
    write(2);
    anchor.runOnce();
    ledger.away = true;
    int before = ledger.calls;
    for (int second = 0; second < 600; second++) {
      if (second % 10 == 0) {
        write(1);
      }
      later(1);
      assertThat(anchor.runOnce()).isFalse();
    }
    assertThat(anchor.state().lastError())
        .hasValueSatisfying(error -> assertThat(error).contains("no route"));
    assertThat(anchor.state().failingSince()).contains(clock.instant().minusSeconds(595));
    assertThat(anchor.state().waiting()).isEqualTo(60);
    assertThat(ledger.calls - before).as("attempts").isBetween(12, 30);
    assertThat(number(database, "SELECT COUNT(*) FROM sillok_checkpoint")).isEqualTo(1);

    ledger.away = false;
    for (int second = 0; second < 60; second++) {
      later(1);
      anchor.runOnce();
    }

    assertThat(ledger.published).isEqualTo(2);
    assertThat(accepted()).isEqualTo(62);
    assertThat(anchor.state().lastError()).isEmpty();
    assertThat(anchor.state().failingSince()).isEmpty();
    assertThat(anchor.state().waiting()).isZero();
  }

  @Test
  void aLedgerThatHangsHoldsUpNeitherWritesNorSequencerNorState() throws Exception {
    ledger.hangs = new CountDownLatch(1);
    write(1);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<Boolean> published = thread.submit(anchor::runOnce);
      while (ledger.calls == 0) {
        Thread.onSpinWait();
      }
      write(300);
      later(600);
      assertThat(number(database, "SELECT tree_size FROM sillok_log")).isEqualTo(301);
      assertThat(anchor.state().anchoredSize()).isZero();
      assertThat(published.isDone()).isFalse();

      ledger.hangs.countDown();

      assertThat(published.get()).isTrue();
      anchor.runOnce();
      assertThat(accepted()).isEqualTo(301);
      assertThat(ledger.published).isEqualTo(1);
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void aLostAnswerIsFoundOutAboutAndNotPublishedAgain() {
    write(3);
    ledger.losesAnswers = true;
    assertThat(anchor.runOnce()).isFalse();
    assertThat(reader.newestAnchored(1)).isEmpty();
    ledger.losesAnswers = false;
    later(5);

    anchor.runOnce();

    assertThat(ledger.published).isEqualTo(1);
    assertThat(reader.newestAnchored(1).orElseThrow().size()).isEqualTo(3);
  }

  @Test
  void aCrashAfterSigningLeavesNothingInTheWay() {
    write(3);
    ledger.beforePublish =
        () -> {
          throw new StackOverflowError("the server dies here");
        };
    try {
      anchor.runOnce();
    } catch (StackOverflowError e) {
      // As if the process had ended.
    }
    assertThat(reader.newestCheckpoint(1).orElseThrow().receipt()).isEmpty();
    ledger.beforePublish = () -> {};
    write(2);

    assertThat(server().runOnce()).isTrue();

    assertThat(accepted()).isEqualTo(5);
    assertThat(reader.newestAnchored(1).orElseThrow().size()).isEqualTo(5);
  }

  @Test
  void aServerMayDieAtAnyInstruction() {
    boolean finished = false;
    int died = 0;
    for (int step = 1; !finished; step++) {
      write(1);
      later(5);
      AtomicInteger steps = new AtomicInteger();
      int last = step;
      DataSource dying =
          new StepTrap(
              database,
              name -> {
                if (steps.incrementAndGet() == last) {
                  throw new OutOfMemoryError("at " + name);
                }
              });
      try {
        finished = server(dying).runOnce();
      } catch (OutOfMemoryError e) {
        died++;
      }
      write(1);
      later(5);
      LedgerAnchor next = server();
      assertThat(next.runOnce()).isTrue();
      assertThat(next.state().stopped()).isEmpty();
      assertThat(accepted()).isEqualTo(written);
      assertThat(reader.newestAnchored(1).orElseThrow().size()).isEqualTo(written);
    }
    assertThat(died).isGreaterThan(20);
  }

  @Test
  void aServerThatOvertakesAnotherDoesNoHarm() {
    LedgerAnchor other = server();
    write(3);
    ledger.beforePublish =
        () -> {
          ledger.beforePublish = () -> {};
          write(2);
          assertThat(other.runOnce()).isTrue();
        };

    assertThat(anchor.runOnce()).isFalse();
    assertThat(anchor.state().stopped()).isEmpty();
    assertThat(anchor.state().lastError()).isEmpty();
    later(5);
    anchor.runOnce();

    assertThat(accepted()).isEqualTo(5);
    assertThat(anchor.state().waiting()).isZero();
    write(1);
    later(5);
    assertThat(anchor.runOnce()).isTrue();
    assertThat(other.runOnce()).isFalse();
    assertThat(other.state().waiting()).isZero();
  }

  /** Then it is no other server that was quicker: something hides what the ledger has. */
  @Test
  void aLedgerThatKeepsRefusingAndShowsNoNewerHeadIsTrouble() {
    write(3);
    assertThat(anchor.runOnce()).isTrue();
    write(2);
    later(10);
    ledger.losesAnswers = true;
    anchor.runOnce();
    ledger.losesAnswers = false;
    ledger.shownUpTo = 3;
    write(1);
    later(60);
    assertThat(anchor.runOnce()).isFalse();
    assertThat(anchor.runOnce()).isFalse();
    anchor.runOnce();
    later(120);
    anchor.runOnce();
    assertThat(anchor.state().lastError().orElseThrow()).contains("shows");
    assertThat(anchor.state().failingSince()).isPresent();
    ledger.shownUpTo = Long.MAX_VALUE;
    later(120);
    assertThat(anchor.runOnce()).isTrue();
    assertThat(anchor.state().failingSince()).isEmpty();
    assertThat(anchor.state().anchoredSize()).isEqualTo(6);
  }

  @Test
  void severalServersAtOnceEndWithOneHistory() throws Exception {
    ExecutorService servers = Executors.newFixedThreadPool(4);
    try {
      for (int round = 0; round < 10; round++) {
        write(7);
        later(5);
        List<Future<Boolean>> all =
            servers.invokeAll(
                List.of(server()::runOnce, server()::runOnce, server()::runOnce, anchor::runOnce));
        for (Future<Boolean> one : all) {
          one.get();
        }
        assertThat(accepted()).isEqualTo(written);
        assertThat(reader.newestAnchored(1).orElseThrow().size()).isEqualTo(written);
        assertThat(anchor.state().stopped()).isEmpty();
      }
    } finally {
      servers.shutdownNow();
    }
  }

  @Test
  void stopsWhenTheDatabaseHasFewerLeavesThanTheLedger() {
    write(5);
    anchor.runOnce();
    restoreTo(3);
    write(1);
    later(5);

    assertStops("accepted 5 leaves", server());
  }

  @Test
  void noticesARestoredBackupAtStartAlsoIfNothingIsWritten() {
    write(5);
    anchor.runOnce();
    execute(database, "DELETE FROM sillok_checkpoint");
    restoreTo(3);

    LedgerAnchor restarted = server();
    assertThat(restarted.runOnce()).isFalse();
    assertThat(restarted.state().stopped()).isPresent();
  }

  @Test
  void stopsWhenTheDatabaseHasOtherLeavesThanTheLedger() {
    write(5);
    anchor.runOnce();
    restoreTo(3);
    execute(database, "DELETE FROM sillok_checkpoint");
    write(9);
    later(5);

    assertStops("does not extend the ledger's head of size 5", server());
  }

  @Test
  void stopsWhenATileWasRewritten() {
    write(5);
    anchor.runOnce();
    write(1);
    byte[] hashes = reader.tiles(1).hashes(0, 0);
    hashes[40] ^= 1;
    execute(
        database,
        "UPDATE sillok_tile SET hashes = X'" + java.util.HexFormat.of().formatHex(hashes) + "'");
    later(5);

    assertStops("does not extend", anchor);
  }

  @Test
  void goesOnByItselfWhenWhatWasWrongIsPutRight() {
    write(5);
    anchor.runOnce();
    write(1);
    byte[] hashes = reader.tiles(1).hashes(0, 0);
    hashes[40] ^= 1;
    setTile(hashes);
    later(5);
    assertStops("does not extend", anchor);

    hashes = reader.tiles(1).hashes(0, 0);
    hashes[40] ^= 1;
    setTile(hashes);
    later(60);

    assertThat(anchor.runOnce()).isTrue();
    assertThat(anchor.state().stopped()).isEmpty();
    assertThat(accepted()).isEqualTo(7);
  }

  @Test
  void looksAgainEverMoreSeldom() {
    write(5);
    anchor.runOnce();
    restoreTo(3);
    int looks = 0;
    for (int second = 0; second < 600; second++) {
      int before = ledger.calls;
      later(1);
      anchor.runOnce();
      looks += ledger.calls > before ? 1 : 0;
    }
    assertThat(anchor.state().stopped()).isPresent();
    assertThat(looks).isBetween(10, 30);
  }

  private void setTile(byte[] hashes) {
    execute(
        database,
        "UPDATE sillok_tile SET hashes = X'" + java.util.HexFormat.of().formatHex(hashes) + "'");
  }

  @Test
  void stopsRatherThanSignAForkOfAHeadThatWasNeverPublished() {
    ledger.away = true;
    write(2);
    new org.sillok.log.CheckpointTable(database, log, clock)
        .sign(2, new TiledTree(reader.tiles(1)).root(2));
    restoreTo(1);
    write(4);
    ledger.away = false;

    assertStops("that this server has signed", server());
  }

  @Test
  void aForgedCheckpointRowOfALargerSizeDoesNotStopIt() {
    write(2);
    execute(
        database,
        "INSERT INTO sillok_checkpoint (log, tree_size, root, note, signed_at)"
            + " VALUES (1, 99, X'"
            + "00".repeat(32)
            + "', 'forged', CURRENT_TIMESTAMP)");

    assertThat(anchor.runOnce()).isTrue();
    assertThat(accepted()).isEqualTo(2);
  }

  @Test
  void stopsWhenTheStoredHeadOfTheSameSizeHasAnotherRoot() {
    write(2);
    execute(
        database,
        "INSERT INTO sillok_checkpoint (log, tree_size, root, note, signed_at)"
            + " VALUES (1, 2, X'"
            + "00".repeat(32)
            + "', 'forged', CURRENT_TIMESTAMP)");

    assertThat(anchor.runOnce()).isFalse();
    assertThat(anchor.state().stopped())
        .hasValueSatisfying(stopped -> assertThat(stopped).contains("stored head of size 2"));
    assertThat(accepted()).isZero();

    write(1);
    later(5);
    assertThat(anchor.runOnce()).as("a head that nobody has forged").isTrue();
    assertThat(accepted()).isEqualTo(3);
  }

  private void assertStops(String reason, LedgerAnchor stopping) {
    int before = ledger.published;
    assertThat(stopping.runOnce()).isFalse();
    assertThat(stopping.state().stopped())
        .hasValueSatisfying(stopped -> assertThat(stopped).contains(reason));
    write(1);
    later(3600);
    assertThat(stopping.runOnce()).isFalse();
    assertThat(ledger.published).isEqualTo(before);
  }

  /** As if a backup of that size had been brought back. */
  private void restoreTo(int size) {
    execute(database, "DELETE FROM sillok_entry WHERE leaf_index >= " + size);
    execute(database, "DELETE FROM sillok_tile");
    execute(database, "UPDATE sillok_entry SET log = NULL, leaf_index = NULL");
    execute(database, "UPDATE sillok_log SET tree_size = 0");
    drain(sequencer(database, 1000));
    assertThat(number(database, "SELECT tree_size FROM sillok_log")).isEqualTo(size);
  }

  @Test
  void retriesWhileTheHospitalMayNotPublish() {
    LedgerAnchor stranger =
        new LedgerAnchor(
            database,
            log,
            ledger,
            SEOUL,
            OWNER,
            HeadMemory.NONE,
            AnchorPolicy.DEFAULT,
            clock,
            new Random(1));
    write(1);

    assertThat(stranger.runOnce()).isFalse();

    assertThat(stranger.state().stopped()).isEmpty();
    assertThat(stranger.state().lastError())
        .hasValueSatisfying(error -> assertThat(error).contains("SenderNotPublisher"));
  }

  @Test
  void survivesADatabaseThatIsAway() {
    execute(database, "ALTER TABLE sillok_log RENAME TO away");
    assertThat(anchor.runOnce()).isFalse();
    assertThat(anchor.state().lastError()).isPresent();
    execute(database, "ALTER TABLE away RENAME TO sillok_log");
    write(1);
    later(5);

    assertThat(anchor.runOnce()).isTrue();
    assertThat(new TreeHead(1, Hash.of(new byte[32])).size()).isEqualTo(accepted());
  }
}
