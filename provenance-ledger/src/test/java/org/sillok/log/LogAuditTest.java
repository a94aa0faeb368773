package org.sillok.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.sillok.log.LogFixture.MAC;
import static org.sillok.log.LogFixture.create;
import static org.sillok.log.LogFixture.drain;
import static org.sillok.log.LogFixture.entry;
import static org.sillok.log.LogFixture.execute;
import static org.sillok.log.LogFixture.insert;
import static org.sillok.log.LogFixture.sequencer;

import java.sql.Connection;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sillok.log.Entry.Action;
import org.sillok.log.LogAudit.Depth;
import org.sillok.log.LogFinding.Kind;
import org.sillok.merkle.CompactRange;
import org.sillok.merkle.Hash;
import org.sillok.merkle.RootBuilder;
import org.sillok.merkle.TiledTree;

class LogAuditTest {

  private static final int SIZE = 600;

  private final DataSource database = LogFixture.h2();
  private final OpenLog log = LogFixture.openLog();
  private final LogReader reader = new LogReader(database, MAC);
  private final CheckpointTable checkpoints = new CheckpointTable(database, log, Clock.systemUTC());
  private final TreeMap<Long, HeadWitness.Head> witnessed = new TreeMap<>();
  private final List<LogFinding> found = new ArrayList<>();

  private final HeadWitness witness =
      new HeadWitness() {
        @Override
        public Optional<Head> newest() {
          return witnessed.values().stream().reduce((a, b) -> b);
        }

        @Override
        public List<Head> after(long size, int most) {
          return witnessed.tailMap(size, false).values().stream().limit(most).toList();
        }
      };

  @BeforeEach
  void fillTheLog() {
    NewEntry[] entries = new NewEntry[SIZE];
    for (int i = 0; i < SIZE; i++) {
      entries[i] = i == 7 ? entry(Action.UPDATE, "r3", 2) : create("r" + i);
    }
    insert(database, entries);
    drain(sequencer(database, 250));
    for (long size : new long[] {1, 256, 257, 500, SIZE}) {
      head(size);
    }
  }

  private void head(long size) {
    Hash root = new TiledTree(reader.tiles(1)).root(size);
    checkpoints.sign(size, root);
    checkpoints.anchored(size, root, "receipt " + size);
    witnessed.put(size, new HeadWitness.Head(size, root, "receipt " + size));
  }

  private AuditResult audit() {
    found.clear();
    return new LogAudit(database, 1, log.vkeys(), MAC, witness)
        .run(Depth.ENTRIES, found::add, leaves -> {});
  }

  private void assertFinds(LogFinding.Kind kind, long position) {
    audit();
    assertThat(found)
        .extracting(LogFinding::kind, LogFinding::position)
        .as("%s", found)
        .contains(org.assertj.core.groups.Tuple.tuple(kind, position));
  }

  private void assertFindsOnly(LogFinding.Kind kind, long position) {
    assertFinds(kind, position);
    assertThat(found).hasSize(1);
  }

  private void change(String sql) {
    execute(database, sql);
  }

  @Test
  void findsNothingInAnUntouchedLog() {
    AuditResult result = audit();

    assertThat(found).isEmpty();
    assertThat(result.isSound()).isTrue();
    assertThat(result.leaves()).isEqualTo(SIZE);
    assertThat(result.checkpoints()).isEqualTo(5);
    assertThat(result.root()).isEqualTo(new TiledTree(reader.tiles(1)).root(SIZE));
  }

  @Test
  void findsNothingInAnEmptyLog() {
    DataSource empty = LogFixture.h2();

    AuditResult result =
        new LogAudit(empty, 1, log.vkeys(), MAC, HeadWitness.NONE)
            .run(Depth.ENTRIES, found::add, leaves -> {});

    assertThat(found).isEmpty();
    assertThat(result.leaves()).isZero();
  }

  @Test
  void findsNothingWhileTheLogGrowsAndNoncesAreDestroyed() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    Thread writer =
        new Thread(
            () -> {
              for (int i = 0; !done.get(); i++) {
                insert(database, create("w" + i), create("x" + i), create("y" + i));
                drain(sequencer(database, 100));
                head(reader.size(1));
                try (Connection connection = database.getConnection()) {
                  new EntryWriter(MAC)
                      .forget(connection, new ResourceVersion("Observation", "r" + i % SIZE, 1));
                } catch (java.sql.SQLException e) {
                  throw new IllegalStateException(e);
                }
              }
            });
    writer.start();
    try {
      for (int i = 0; i < 15; i++) {
        LogAudit live = new LogAudit(database, 1, log.vkeys(), MAC, HeadWitness.NONE);
        assertThat(live.run(Depth.ENTRIES, found::add, leaves -> {}).isSound())
            .as("%s", found)
            .isTrue();
      }
    } finally {
      done.set(true);
      writer.join();
    }
    assertThat(audit().isSound()).as("%s", found).isTrue();
  }

  @Test
  void anEditedEntry() {
    change(
        "UPDATE sillok_entry SET entry = REPLACE(entry, 'system', 'sysadm') WHERE leaf_index = 9");

    assertFinds(Kind.LEAF_DIFFERS, 9);
    assertFinds(Kind.ENTRY_MAC_INVALID, 9);
    assertThat(found).hasSize(2);
  }

  @Test
  void anEntryThatIsNoEntry() {
    change("UPDATE sillok_entry SET entry = '{}' WHERE leaf_index = 9");

    assertFinds(Kind.ENTRY_MALFORMED, 9);
  }

  @Test
  void anExchangedNonce() {
    change("UPDATE sillok_entry SET nonce = X'" + "00".repeat(32) + "' WHERE leaf_index = 9");
    assertFindsOnly(Kind.ENTRY_MAC_INVALID, 9);
    change("UPDATE sillok_entry SET nonce = NULL WHERE leaf_index = 9");
    assertFindsOnly(Kind.ENTRY_MAC_INVALID, 9);
  }

  @Test
  void everyEditedColumn() {
    for (String edit :
        List.of(
            "kind = 'access'",
            "action = 'found'",
            "resource_type = 'Patient'",
            "resource_type = NULL",
            "resource_id = 'r11'",
            "version = 2",
            "version = NULL")) {
      change("UPDATE sillok_entry SET " + edit + " WHERE leaf_index = 9");
      assertFinds(Kind.ENTRY_COLUMNS_DIFFER, 9);
      change(
          "UPDATE sillok_entry SET kind = 'resource', action = 'create',"
              + " resource_type = 'Observation', resource_id = 'r10', version = 1"
              + " WHERE leaf_index = 9");
    }
    assertThat(audit().isSound()).isTrue();
  }

  @Test
  void aDeletedEntry() {
    for (int index : new int[] {599, 256, 0}) {
      change("DELETE FROM sillok_entry WHERE leaf_index = " + index);
      assertFinds(Kind.PLACE_EMPTY, index);
    }
    assertThat(found).hasSize(3);
  }

  @Test
  void twoEntriesThatChangedPlaces() {
    change(
        "UPDATE sillok_entry SET leaf_index = CASE leaf_index WHEN 3 THEN 4 ELSE 3 END"
            + " WHERE leaf_index IN (3, 4)");

    assertFinds(Kind.LEAF_DIFFERS, 3);
    assertFinds(Kind.LEAF_DIFFERS, 4);
  }

  @Test
  void aSecondRowAtOnePlace() {
    insert(database, create("second"));
    change("UPDATE sillok_entry SET log = 1, leaf_index = 5 WHERE resource_id = 'second'");

    assertFindsOnly(Kind.PLACE_TAKEN_TWICE, 5);
  }

  @Test
  void rowsOutsideTheTree() {
    for (String place :
        List.of(
            "log = 1, leaf_index = 600",
            "log = 1, leaf_index = 9223372036854775807",
            "log = 1, leaf_index = -1",
            "log = 1, leaf_index = NULL",
            "log = 2, leaf_index = 0",
            "log = -1, leaf_index = 0")) {
      insert(database, create("more"));
      change("UPDATE sillok_entry SET " + place + " WHERE resource_id = 'more'");
      long id = LogFixture.number(database, "SELECT MAX(id) FROM sillok_entry");
      assertFindsOnly(Kind.PLACE_OUTSIDE, id);
      change("DELETE FROM sillok_entry WHERE resource_id = 'more'");
    }
  }

  @Test
  void aForgedRowThatTheSequencerSetAside() {
    LogFixture.forge(database, create("forged"), new byte[32]);
    drain(sequencer(database, 10));

    assertFindsOnly(Kind.ENTRY_SET_ASIDE, SIZE + 1);
  }

  @Test
  void aCopiedRowThatGotAPlace() {
    change(
        "INSERT INTO sillok_entry (kind, action, resource_type, resource_id, version, entry,"
            + " nonce, mac) SELECT kind, action, resource_type, resource_id, version, entry,"
            + " nonce, mac FROM sillok_entry WHERE leaf_index = 20");
    drain(sequencer(database, 10));

    assertFindsOnly(Kind.SECOND_BIRTH, SIZE + 1);
  }

  @Test
  void aBirthAfterAnExpungingIsNotASecondOne() {
    ResourceVersion again = new ResourceVersion("Observation", "r20", 1);
    Entry end =
        Entry.expunge(
            again,
            java.time.Instant.EPOCH,
            new Cause("r", "system", "$expunge"),
            org.sillok.canonical.Nonce.of(new byte[32]));
    insert(database, new NewEntry(end, null));
    drain(sequencer(database, 10));
    insert(database, create("r20"));
    drain(sequencer(database, 10));
    assertThat(audit().isSound()).as("%s", found).isTrue();

    insert(database, create("r20"));
    drain(sequencer(database, 10));
    assertFindsOnly(Kind.SECOND_BIRTH, SIZE + 3);
  }

  @Test
  void rootsAndEntriesThatAreNone() {
    change("UPDATE sillok_checkpoint SET root = X'00' WHERE tree_size = 257");
    assertFinds(Kind.CHECKPOINT_ROOT_DIFFERS, 257);
    change("ALTER TABLE sillok_entry ALTER COLUMN entry SET NULL");
    change("UPDATE sillok_entry SET entry = NULL WHERE leaf_index = 9");
    assertFinds(Kind.ENTRY_MALFORMED, 9);
  }

  @Test
  void editedTiles() {
    for (int[] tile : new int[][] {{0, 0, 40}, {0, 2, 64}, {1, 0, 0}, {1, 0, 63}}) {
      byte[] good = reader.tiles(1).hashes(tile[0], tile[1]);
      byte[] bad = good.clone();
      bad[tile[2]] ^= 1;
      set(tile, bad);
      if (tile[0] == 0) {
        assertFindsOnly(Kind.LEAF_DIFFERS, tile[1] * 256 + tile[2] / 32);
      } else {
        assertFindsOnly(Kind.TILE_DIFFERS, 0);
      }
      set(tile, good);
    }
  }

  private void set(int[] tile, byte[] hashes) {
    change(
        "UPDATE sillok_tile SET hashes = X'%s' WHERE level = %d AND tile_index = %d"
            .formatted(HexFormat.of().formatHex(hashes), tile[0], tile[1]));
  }

  @Test
  void tilesThatAreShortLongMissingOrTooMany() {
    for (int[] tile : new int[][] {{0, 0}, {0, 2}, {1, 0}}) {
      byte[] good = reader.tiles(1).hashes(tile[0], tile[1]);
      long first = (long) tile[1] << (8 * (tile[0] + 1));
      set(tile, java.util.Arrays.copyOf(good, good.length - 32));
      assertFindsOnly(Kind.TILE_INCOMPLETE, first);
      set(tile, java.util.Arrays.copyOf(good, good.length + 32));
      assertFindsOnly(good.length == 8192 ? Kind.TILE_INCOMPLETE : Kind.TILE_SURPLUS, first);
      change(
          "DELETE FROM sillok_tile WHERE level = %d AND tile_index = %d"
              .formatted(tile[0], tile[1]));
      assertFindsOnly(Kind.TILE_INCOMPLETE, first);
      change(
          "INSERT INTO sillok_tile (log, level, tile_index, hashes) VALUES (1, %d, %d, X'%s')"
              .formatted(tile[0], tile[1], HexFormat.of().formatHex(good)));
    }
    for (int[] tile : new int[][] {{0, 3}, {1, 1}, {2, 0}, {8, 0}, {-1, 0}, {0, -1}}) {
      change(
          "INSERT INTO sillok_tile (log, level, tile_index, hashes) VALUES (1, %d, %d, X'%s')"
              .formatted(tile[0], tile[1], "00".repeat(32)));
      audit();
      assertThat(found).extracting(LogFinding::kind).containsExactly(Kind.TILE_SURPLUS);
      change(
          "DELETE FROM sillok_tile WHERE level = %d AND tile_index = %d"
              .formatted(tile[0], tile[1]));
    }
  }

  @Test
  void anEntryRewrittenTogetherWithItsTiles() {
    byte[] text =
        ((String)
                LogFixture.rows(database, "SELECT entry FROM sillok_entry WHERE leaf_index = 9")
                    .get(0)
                    .get(0))
            .replace("system", "sysadm")
            .getBytes(UTF_8);
    change(
        "UPDATE sillok_entry SET entry = '%s', mac = X'%s' WHERE leaf_index = 9"
            .formatted(
                new String(text, UTF_8),
                HexFormat.of()
                    .formatHex(
                        MAC.of(
                            reader.at(1, 9).orElseThrow().nonce().orElseThrow().toBytes(), text))));
    change("DELETE FROM sillok_tile");
    change("UPDATE sillok_entry SET log = NULL, leaf_index = NULL");
    change("UPDATE sillok_log SET tree_size = 0");
    drain(sequencer(database, 1000));

    assertFinds(Kind.CHECKPOINT_ROOT_DIFFERS, 256);
    assertThat(audit().findings()).containsOnly(Map.entry(Kind.CHECKPOINT_ROOT_DIFFERS, 4L));
  }

  @Test
  void aTreeThatWasCutOff() {
    change("DELETE FROM sillok_entry");
    change("DELETE FROM sillok_tile");
    change("DELETE FROM sillok_checkpoint");
    change("UPDATE sillok_log SET tree_size = 0");

    audit();
    assertThat(found)
        .containsExactlyElementsOf(
            witnessed.values().stream()
                .map(
                    head ->
                        new LogFinding(
                            Kind.CHECKPOINT_MISSING,
                            head.size(),
                            "the ledger has accepted " + head.root()))
                .toList());
  }

  @Test
  void aTreeSizeThatWasChanged() {
    change("UPDATE sillok_log SET tree_size = 601");
    assertFinds(Kind.PLACE_EMPTY, 600);
    change("UPDATE sillok_log SET tree_size = 599");
    assertFinds(Kind.PLACE_OUTSIDE, 600);
    assertFinds(Kind.CHECKPOINT_BEYOND_TREE, 600);
    assertFinds(Kind.TILE_SURPLUS, 512);
  }

  @Test
  void editedCheckpoints() {
    change("UPDATE sillok_checkpoint SET root = X'" + "00".repeat(32) + "' WHERE tree_size = 257");
    assertFinds(Kind.CHECKPOINT_ROOT_DIFFERS, 257);
    assertFinds(Kind.CHECKPOINT_NOTE_INVALID, 257);
    assertFinds(Kind.LEDGER_DIFFERS, 257);
    change("DELETE FROM sillok_checkpoint WHERE tree_size = 257");
    assertFindsOnly(Kind.CHECKPOINT_MISSING, 257);
    witnessed.remove(257L);

    change("UPDATE sillok_checkpoint SET note = REPLACE(note, '256', '257') WHERE tree_size = 256");
    assertFindsOnly(Kind.CHECKPOINT_NOTE_INVALID, 256);
    change("UPDATE sillok_checkpoint SET note = '' WHERE tree_size = 256");
    assertFindsOnly(Kind.CHECKPOINT_NOTE_INVALID, 256);
    change("DELETE FROM sillok_checkpoint WHERE tree_size = 256");
    assertFindsOnly(Kind.CHECKPOINT_MISSING, 256);
    witnessed.remove(256L);

    change("UPDATE sillok_checkpoint SET receipt = 'other' WHERE tree_size = 1");
    assertFindsOnly(Kind.LEDGER_DIFFERS, 1);
    change("DELETE FROM sillok_checkpoint WHERE tree_size = 1");
    assertFindsOnly(Kind.CHECKPOINT_MISSING, 1);
    witnessed.remove(1L);

    change("UPDATE sillok_checkpoint SET tree_size = 501 WHERE tree_size = 500");
    assertFinds(Kind.CHECKPOINT_ROOT_DIFFERS, 501);
    assertFinds(Kind.CHECKPOINT_NOTE_INVALID, 501);
    assertFinds(Kind.LEDGER_DIFFERS, 501);
    assertFinds(Kind.CHECKPOINT_MISSING, 500);
    witnessed.remove(500L);
    change("UPDATE sillok_checkpoint SET tree_size = 5000 WHERE tree_size = 501");
    assertFindsOnly(Kind.CHECKPOINT_BEYOND_TREE, 5000);
    change("DELETE FROM sillok_checkpoint WHERE tree_size > 1");
    assertFindsOnly(Kind.CHECKPOINT_MISSING, SIZE);
  }

  @Test
  void aReceiptThatTheLedgerDoesNotKnow() {
    witnessed.remove(256L);

    assertFindsOnly(Kind.LEDGER_DIFFERS, 256);
  }

  @Test
  void reportsAHundredOfAKindAndCountsAll() {
    change("UPDATE sillok_entry SET mac = X'00'");

    assertThat(audit().findings()).containsOnly(Map.entry(Kind.ENTRY_MAC_INVALID, (long) SIZE));
    assertThat(found).hasSize(100);
  }

  @Test
  void stepsFindWhatOnePassFinds() {
    for (String change :
        List.of(
            "UPDATE sillok_entry SET mac = X'00' WHERE leaf_index = 300",
            "DELETE FROM sillok_entry WHERE leaf_index = 511",
            "UPDATE sillok_checkpoint SET root = X'00' WHERE tree_size = 257",
            "DELETE FROM sillok_checkpoint WHERE tree_size = 500",
            "DELETE FROM sillok_tile WHERE level = 1",
            "DELETE FROM sillok_tile WHERE level = 0 AND tile_index = 1")) {
      change(change);
      for (Depth depth : Depth.values()) {
        List<LogFinding> once = new ArrayList<>();
        AuditResult result = auditor().run(depth, once::add, leaves -> {});
        for (long most : new long[] {1, 7, 255, 256, 257, SIZE - 1, SIZE}) {
          found.clear();
          assertThat(auditInSteps(most, depth)).isEqualTo(result.root());
          assertThat(found).containsExactlyInAnyOrderElementsOf(once);
        }
      }
    }
    assertThat(found).hasSizeGreaterThan(4);
  }

  private LogAudit auditor() {
    return new LogAudit(database, 1, log.vkeys(), MAC, witness);
  }

  /** Each step goes on from the text of what the step before gave. */
  private Hash auditInSteps(long most, Depth depth) {
    AuditStep step = new AuditStep(CompactRange.EMPTY, 0, false);
    for (int steps = 0; !step.ended(); steps++) {
      assertThat(steps).isLessThanOrEqualTo(SIZE);
      CompactRange from = CompactRange.parse(step.done().toString());
      step = auditor().step(from, most, depth, found::add);
    }
    return new RootBuilder(step.done(), (level, index, hash) -> {}).root();
  }

  @Test
  void aTreeAuditLeavesWhatEntriesSayToOthers() {
    change("UPDATE sillok_entry SET mac = X'00', kind = 'access' WHERE leaf_index = 9");
    change("UPDATE sillok_entry SET entry = '{}' WHERE leaf_index = 10");

    auditor().run(Depth.TREE, found::add, leaves -> {});

    assertThat(found).extracting(LogFinding::kind).containsExactly(Kind.LEAF_DIFFERS);
  }
}
