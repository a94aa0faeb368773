package org.sillok.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sillok.log.LogFixture.create;
import static org.sillok.log.LogFixture.drain;
import static org.sillok.log.LogFixture.execute;
import static org.sillok.log.LogFixture.insert;
import static org.sillok.log.LogFixture.sequencer;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
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
import org.sillok.ledger.TokenKeys;
import org.sillok.ledger.block.LedgerSigningKey;
import org.sillok.ledger.embedded.EmbeddedLedger;
import org.sillok.log.KeyDirectory;
import org.sillok.log.LogFixture;
import org.sillok.log.LogReader;
import org.sillok.log.OpenLog;

/** Log and embedded ledger in one database, which somebody can set back as a whole. */
class HeadFileTest {

  private static final LogId SEOUL = LogId.first(new HospitalId("seoul"));
  private static final Address OWNER = Address.parse("0x" + "01".repeat(20));
  private static final Address PUBLISHER = Address.parse("0x" + "02".repeat(20));

  @TempDir private Path dir;
  private final TestClock clock = new TestClock();
  private final DataSource database = LogFixture.h2();
  private final OpenLog log = LogFixture.openLog();
  private LedgerAnchor anchor;
  private int written;

  @BeforeEach
  void startServer() {
    anchor = server("one");
    write(3);
    assertThat(anchor.runOnce()).isTrue();
  }

  private LedgerAnchor server(String name) {
    return new LedgerAnchor(
        database,
        log,
        ledger(),
        SEOUL.hospital(),
        PUBLISHER,
        memory(name),
        new AnchorPolicy(Duration.ofSeconds(5), 100),
        clock,
        new Random(1));
  }

  private HeadMemory memory(String server) {
    return new HeadFile(new KeyDirectory(dir.resolve(server)), log, SEOUL.hospital());
  }

  private Ledger ledger() {
    Hospital seoul =
        new Hospital(
            SEOUL.hospital(),
            "Seoul",
            URI.create("https://seoul.example/fhir"),
            OWNER,
            PUBLISHER,
            new LogVkey(log.vkey().toString()),
            TokenKeys.NONE,
            true);
    return EmbeddedLedger.openOrFound(
        database, LedgerSigningKey.ofSeed(new byte[32]), clock, List.of(seoul));
  }

  private Path file(String server) {
    return dir.resolve(server).resolve("anchored-1.head");
  }

  private void write(int entries) {
    for (int i = 0; i < entries; i++) {
      insert(database, create("r" + written++));
    }
    drain(sequencer(database, 1000));
  }

  private boolean later(LedgerAnchor which) {
    clock.advance(Duration.ofSeconds(61));
    return which.runOnce();
  }

  private void anchorTwoMore() {
    write(2);
    assertThat(later(anchor)).isTrue();
  }

  private void backUp(String name) {
    execute(database, "SCRIPT DROP TO '" + dir.resolve(name) + "'");
  }

  private void restore(String name) {
    execute(database, "RUNSCRIPT FROM '" + dir.resolve(name) + "'");
  }

  private long accepted() {
    return ledger().checkpoints().latest(SEOUL).orElseThrow().head().size();
  }

  @Test
  void keepsTheNewestAcceptedHeadForTheOwnerAlone() throws IOException {
    anchorTwoMore();

    assertThat(memory("one").newest()).isEqualTo(ledger().checkpoints().latest(SEOUL));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file("one"))))
        .isEqualTo("rw-------");
  }

  @Test
  void neverKeepsASmallerOne() {
    AcceptedCheckpoint three = memory("one").newest().orElseThrow();
    anchorTwoMore();

    memory("one").keep(three);

    assertThat(memory("one").newest()).map(kept -> kept.head().size()).contains(5L);
  }

  @Test
  void startsNoNewHistoryOnADatabaseThatWasSetBack() {
    backUp("old");
    anchorTwoMore();
    restore("old");

    LedgerAnchor restarted = server("one");
    assertThat(restarted.runOnce()).isFalse();
    Optional<String> reason = restarted.state().stopped();
    assertThat(reason)
        .hasValueSatisfying(
            text -> assertThat(text).contains("does not have the tree of 5 leaves", "backup"));
    write(4);
    assertThat(later(restarted)).isFalse();

    assertThat(restarted.state().stopped()).isEqualTo(reason);
    assertThat(restarted.state().treeSize()).as("writes go on").isEqualTo(7);
    assertThat(accepted()).isEqualTo(3);
    assertThat(new LostHeads(memory("one"), new LogReader(database, log.mac())).inLog())
        .as("for the audit")
        .isEqualTo(reason);
  }

  @Test
  void takesAChangedTileForNoLoss() {
    execute(
        database, "UPDATE sillok_tile SET hashes = X'" + "00".repeat(3 * 32) + "' WHERE level = 0");

    assertThat(new LostHeads(memory("one"), new LogReader(database, log.mac())).inLog()).isEmpty();
    execute(database, "DELETE FROM sillok_checkpoint");
    assertThat(new LostHeads(memory("one"), new LogReader(database, log.mac())).inLog())
        .isPresent();
  }

  @Test
  void noticesItWhileItRunsAndNothingIsWritten() {
    backUp("old");
    anchorTwoMore();
    restore("old");

    assertThat(later(anchor)).isFalse();

    assertThat(anchor.state().stopped()).isPresent();
  }

  @Test
  void goesOnWhenTheNewestBackupIsRestored() {
    backUp("old");
    anchorTwoMore();
    backUp("new");
    restore("old");
    LedgerAnchor restarted = server("one");
    restarted.runOnce();
    restore("new");
    write(1);

    assertThat(later(restarted)).isTrue();

    assertThat(restarted.state().stopped()).isEmpty();
    assertThat(accepted()).isEqualTo(6);
  }

  @Test
  void goesOnFromWhatThereIsWhenSomebodyMovesTheFileAway() throws IOException {
    backUp("old");
    anchorTwoMore();
    restore("old");
    LedgerAnchor restarted = server("one");
    restarted.runOnce();
    write(1);
    Files.move(file("one"), dir.resolve("kept-as-proof"));

    assertThat(later(restarted)).isTrue();

    assertThat(accepted()).isEqualTo(4);
    assertThat(memory("one").newest()).map(kept -> kept.head().size()).contains(4L);
  }

  @Test
  void noticesThatTheLedgerAloneWasSetBack() {
    execute(
        database,
        "SCRIPT DROP TO '" + dir.resolve("old") + "' TABLE " + String.join(", ", ledgerTables()));
    anchorTwoMore();
    restore("old");
    execute(database, "DELETE FROM sillok_checkpoint WHERE tree_size > 3");

    LedgerAnchor restarted = server("one");
    assertThat(restarted.runOnce()).isFalse();

    assertThat(restarted.state().stopped())
        .hasValueSatisfying(
            text -> assertThat(text).contains("the ledger does not have the head of 5 leaves"));
    assertThat(accepted()).isEqualTo(3);
  }

  private List<String> ledgerTables() {
    return LogFixture.rows(
            database,
            "SELECT table_name FROM information_schema.tables"
                + " WHERE LOWER(table_name) LIKE 'sillok_ledger%'")
        .stream()
        .map(row -> (String) row.get(0))
        .toList();
  }

  @Test
  void aFileThatIsBehindIsNormal() {
    LedgerAnchor other = server("two");
    other.runOnce();
    anchorTwoMore();
    assertThat(memory("two").newest()).map(kept -> kept.head().size()).contains(3L);
    write(1);

    assertThat(later(other)).isTrue();

    assertThat(other.state().stopped()).isEmpty();
    assertThat(accepted()).isEqualTo(6);
  }

  @Test
  void doesNotGoByAFileThatTheKeyHasNotSigned() throws IOException {
    String text = Files.readString(file("one"));
    for (String other : List.of("", "\n", text.replace("\n3\n", "\n2\n"), text.strip())) {
      Files.writeString(file("one"), other);
      LedgerAnchor restarted = server("one");
      write(1);

      assertThat(restarted.runOnce()).isFalse();

      assertThat(restarted.state().stopped())
          .hasValueSatisfying(reason -> assertThat(reason).contains(file("one").toString()));
      assertThat(accepted()).isEqualTo(3);
    }
  }

  @Test
  void anchorsWithoutAMemoryWhereNothingCanBeWritten() throws IOException {
    Files.writeString(dir.resolve("full"), "a file in place of the directory");
    LedgerAnchor restarted = server("full");
    write(1);

    assertThat(restarted.runOnce()).isTrue();

    assertThat(accepted()).isEqualTo(4);
  }
}
