package org.sillok.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sillok.log.LogFixture.MAC;
import static org.sillok.log.LogFixture.create;
import static org.sillok.log.LogFixture.drain;
import static org.sillok.log.LogFixture.execute;
import static org.sillok.log.LogFixture.insert;
import static org.sillok.log.LogFixture.rows;
import static org.sillok.log.LogFixture.sequencer;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sillok.merkle.Hash;
import org.sillok.merkle.TileException;
import org.sillok.merkle.TiledTree;

class TileRepairTest {

  private static final int SIZE = 600;
  private static final int SIGNED = 580;
  private static final int ACCEPTED = 515;
  private static final String TILES =
      "SELECT level, tile_index, CAST(hashes AS VARCHAR(20000)) FROM sillok_tile"
          + " ORDER BY level, tile_index";

  private final DataSource database = LogFixture.h2();
  private final OpenLog log = LogFixture.openLog();
  private Optional<HeadWitness.Head> accepted = Optional.empty();
  private List<List<Object>> tiles;

  private final HeadWitness witness =
      new HeadWitness() {
        @Override
        public Optional<Head> newest() {
          return accepted;
        }

        @Override
        public List<Head> after(long size, int most) {
          return List.of();
        }
      };

  @BeforeEach
  void fillTheLog() {
    NewEntry[] entries = new NewEntry[SIZE];
    for (int i = 0; i < SIZE; i++) {
      entries[i] = create("r" + i);
    }
    insert(database, entries);
    drain(sequencer(database, 250));
    accepted = Optional.of(new HeadWitness.Head(ACCEPTED, root(ACCEPTED), "receipt"));
    new CheckpointTable(database, log, Clock.systemUTC()).sign(SIGNED, root(SIGNED));
    tiles = rows(database, TILES);
  }

  private Hash root(long size) {
    return new TiledTree(new LogReader(database, MAC).tiles(1)).root(size);
  }

  private long repair() {
    return new TileRepair(database, log, witness).run();
  }

  private void change(String sql) {
    execute(database, sql);
  }

  @Test
  void leavesAloneWhatIsRight() {
    assertThat(repair()).isZero();
    assertThat(rows(database, TILES)).isEqualTo(tiles);
  }

  @Test
  void makesAgainWhateverIsLostOrBroken() {
    for (String damage :
        List.of(
            "DELETE FROM sillok_tile WHERE level = 0 AND tile_index = 2",
            "DELETE FROM sillok_tile WHERE level = 0 AND tile_index = 0",
            "DELETE FROM sillok_tile WHERE level = 1",
            "UPDATE sillok_tile SET hashes = X'00' WHERE level = 0 AND tile_index = 2",
            "UPDATE sillok_tile SET hashes = hashes || X'"
                + "00".repeat(32)
                + "' WHERE level = 0 AND tile_index = 2")) {
      change(damage);
      assertThat(repair()).as(damage).isEqualTo(1);
      assertThat(rows(database, TILES)).as(damage).isEqualTo(tiles);
    }
    change("DELETE FROM sillok_tile");
    assertThat(repair()).isEqualTo(4);
    assertThat(rows(database, TILES)).isEqualTo(tiles);
  }

  @Test
  void lettingPlacingGoOn() {
    change("DELETE FROM sillok_tile WHERE level = 0 AND tile_index = 2");
    insert(database, create("next"));
    assertThatThrownBy(() -> drain(sequencer(database, 10))).isInstanceOf(TileException.class);

    repair();

    assertThat(drain(sequencer(database, 10))).isEqualTo(1);
    assertThat(root(SIZE)).isNotEqualTo(root(SIZE + 1));
    assertThat(
            new LogAudit(database, 1, log.vkeys(), MAC, HeadWitness.NONE)
                .run(LogAudit.Depth.ENTRIES, finding -> {}, leaves -> {})
                .isSound())
        .isTrue();
  }

  @Test
  void takesTheHeadThatTheLedgerHasOrTheOneThatIsSigned() {
    change("DELETE FROM sillok_tile WHERE level = 1");
    change("DELETE FROM sillok_checkpoint");
    assertThat(repair()).isEqualTo(1);

    new CheckpointTable(database, log, Clock.systemUTC()).sign(SIGNED, root(SIGNED));
    accepted = Optional.empty();
    change("DELETE FROM sillok_tile WHERE level = 1");
    assertThat(repair()).isEqualTo(1);

    change("DELETE FROM sillok_checkpoint");
    assertRefused("no head was signed or accepted");
  }

  @Test
  void refusesEntriesThatDoNotGiveTheHeads() {
    assertRefused(
        "the head of 515 leaves",
        "UPDATE sillok_entry SET entry = REPLACE(entry, 'system', 'sysadm') WHERE leaf_index = 9");
    assertRefused(
        "the head of 580 leaves",
        "UPDATE sillok_entry SET leaf_index = 1119 - leaf_index WHERE leaf_index IN (559, 560)");
    assertRefused(
        "ENTRY_MAC_INVALID",
        "UPDATE sillok_entry SET entry = REPLACE(entry, 'system', 'sysadm')"
            + " WHERE leaf_index = 590");
    assertRefused("leaf 590 has no entry", "DELETE FROM sillok_entry WHERE leaf_index = 590");
    assertRefused(
        "PLACE_TAKEN_TWICE", "UPDATE sillok_entry SET leaf_index = 590 WHERE leaf_index = 591");
    assertRefused("has only 550", "UPDATE sillok_log SET tree_size = 550");
  }

  private void assertRefused(String reason, String... damages) {
    for (String damage : damages) {
      change("CREATE TABLE entries AS SELECT * FROM sillok_entry");
      change(damage);
    }
    change("DELETE FROM sillok_tile WHERE level = 0");
    List<List<Object>> before = rows(database, TILES);
    assertThatThrownBy(this::repair)
        .isInstanceOf(RepairRefusedException.class)
        .hasMessageContaining(reason);
    assertThat(rows(database, TILES)).as("untouched").isEqualTo(before);
    if (damages.length > 0) {
      change("DELETE FROM sillok_entry");
      change("INSERT INTO sillok_entry SELECT * FROM entries");
      change("DROP TABLE entries");
      change("UPDATE sillok_log SET tree_size = 600");
    }
  }
}
