package org.sillok.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sillok.log.LogFixture.create;
import static org.sillok.log.LogFixture.drain;
import static org.sillok.log.LogFixture.entry;
import static org.sillok.log.LogFixture.execute;
import static org.sillok.log.LogFixture.insert;
import static org.sillok.log.LogFixture.leaves;
import static org.sillok.log.LogFixture.number;
import static org.sillok.log.LogFixture.rows;
import static org.sillok.log.LogFixture.sequencer;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.sillok.log.Entry.Action;

class SequencerTest {

  private final DataSource database = LogFixture.h2();

  @Test
  void placesOldestFirstWhateverTheBatchSize() {
    for (int i = 0; i < 700; i++) {
      insert(database, create("r" + i));
    }
    assertThat(sequencer(database, 3).runOnce()).isEqualTo(3);
    assertThat(sequencer(database, 256).runOnce()).isEqualTo(256);
    assertThat(drain(sequencer(database, 1000))).isEqualTo(441);
    assertThat(sequencer(database, 1000).runOnce()).isZero();

    assertThat(leaves(database).get(699)).isEqualTo("create Observation/r699 1");
    LogCheck.wholeLog(database, 700);
  }

  @Test
  void takesALowerIdThatCommitsLater() throws SQLException {
    try (Connection late = database.getConnection()) {
      late.setAutoCommit(false);
      new EntryWriter(LogFixture.MAC).insert(late, List.of(create("late")));
      insert(database, create("early"));
      assertThat(drain(sequencer(database, 10))).isEqualTo(1);
      late.commit();
    }
    assertThat(drain(sequencer(database, 10))).isEqualTo(1);

    assertThat(leaves(database))
        .containsExactly("create Observation/early 1", "create Observation/late 1");
    LogCheck.wholeLog(database, 2);
  }

  @Test
  void leavesNoGapWhereAWriterRolledBack() throws SQLException {
    insert(database, create("a"));
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      new EntryWriter(LogFixture.MAC).insert(connection, List.of(create("gone")));
      connection.rollback();
    }
    insert(database, create("b"));

    assertThat(drain(sequencer(database, 10))).isEqualTo(2);
    LogCheck.wholeLog(database, 2);
  }

  @Test
  void keepsTheOrderOfEachResourceWhateverTheBatchSize() {
    for (int batchSize : new int[] {1, 2, 3, 5, 100}) {
      empty();
      insert(
          database,
          entry(Action.DELETE, "a", 3),
          create("x"),
          entry(Action.RELABEL, "a", 1),
          create("y"),
          entry(Action.UPDATE, "a", 2),
          create("z"),
          entry(Action.CREATE, "a", 1));

      assertThat(drain(sequencer(database, batchSize))).isEqualTo(7);

      assertOrderOfA();
    }
  }

  @Test
  void setsTheOrderRightWithinABatch() {
    insert(database, entry(Action.DELETE, "a", 3));
    insert(database, create("x"));
    insert(database, entry(Action.RELABEL, "a", 1));
    insert(database, create("y"));
    insert(database, entry(Action.UPDATE, "a", 2));
    insert(database, create("z"));
    insert(database, entry(Action.CREATE, "a", 1));

    assertThat(drain(sequencer(database, 100))).isEqualTo(7);

    assertOrderOfA();
    assertThat(leaves(database).get(3)).isEqualTo("create Observation/y 1");
  }

  @Test
  void aResourceThatIsCreatedAgainAfterItsExpungingFollowsIt() {
    insert(database, create("a"));
    insert(database, entry(Action.UPDATE, "a", 2));
    insert(database, entry(Action.EXPUNGE, "a", 2), entry(Action.EXPUNGE, "a", 1));
    insert(database, create("a"));
    insert(database, entry(Action.UPDATE, "a", 2));

    drain(sequencer(database, 100));

    assertThat(leaves(database))
        .containsExactly(
            "create Observation/a 1",
            "update Observation/a 2",
            "expunge Observation/a 1",
            "expunge Observation/a 2",
            "create Observation/a 1",
            "update Observation/a 2");
  }

  private void empty() {
    execute(database, "DELETE FROM sillok_entry");
    execute(database, "DELETE FROM sillok_tile");
    execute(database, "UPDATE sillok_log SET tree_size = 0");
  }

  private void assertOrderOfA() {
    assertThat(leaves(database).stream().filter(leaf -> leaf.contains("/a ")))
        .containsExactly(
            "create Observation/a 1",
            "relabel Observation/a 1",
            "update Observation/a 2",
            "delete Observation/a 3");
    LogCheck.wholeLog(database, 7);
  }

  @Test
  void setsForgedRowsAsideOnceAndGoesOn() {
    List<SetAside> reported = new ArrayList<>();
    Sequencer sequencer = new Sequencer(database, LogFixture.MAC, 2, reported::add);
    LogFixture.forge(database, create("forged1"), new byte[32]);
    LogFixture.forge(database, create("forged2"), new byte[0]);
    LogFixture.forge(
        database,
        create("forged3"),
        new EntryMac(
                new byte[] {
                  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                  1, 1, 1, 1, 1
                })
            .of(
                null,
                create("forged3")
                    .entry()
                    .toJson()
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    insert(database, create("a"));
    insert(database, create("edited"));
    execute(
        database,
        "UPDATE sillok_entry SET entry = REPLACE(entry, 'system', 'sysadm')"
            + " WHERE resource_id = 'edited'");
    insert(database, create("b"));

    drain(sequencer);
    drain(sequencer);

    assertThat(leaves(database))
        .containsExactly("create Observation/a 1", "create Observation/b 1");
    assertThat(reported)
        .extracting(SetAside::resourceId)
        .containsExactly("forged1", "forged2", "forged3", "edited");
    assertThat(
            rows(
                database,
                "SELECT resource_id FROM sillok_entry WHERE log = 0 AND leaf_index IS NULL"))
        .hasSize(4);
    LogCheck.wholeLog(database, 2);
  }

  @Test
  void setsAsideARowThatHasNextToNothing() {
    for (String column : List.of("kind", "action", "entry", "mac")) {
      execute(database, "ALTER TABLE sillok_entry ALTER COLUMN " + column + " DROP NOT NULL");
    }
    execute(database, "INSERT INTO sillok_entry (version) VALUES (NULL)");
    insert(database, create("a"));

    drain(sequencer(database, 10));

    assertThat(leaves(database)).containsExactly("create Observation/a 1");
    assertThat(rows(database, "SELECT id FROM sillok_entry WHERE log = 0")).hasSize(1);
  }

  @Test
  void placesRowsWithTheMostExtremeIds() {
    insert(database, create("first"));
    drain(sequencer(database, 10));
    // H2 itself cannot find a row by the two lowest.
    List<Long> ids =
        List.of(Long.MIN_VALUE + 2, Long.MIN_VALUE + 3, -1L, Long.MAX_VALUE - 1, Long.MAX_VALUE);
    for (long id : ids) {
      insert(database, create("id" + id));
      execute(
          database, "UPDATE sillok_entry SET id = " + id + " WHERE resource_id = 'id" + id + "'");
    }

    assertThat(drain(sequencer(database, 10))).isEqualTo(ids.size());

    assertThat(leaves(database).subList(1, 6))
        .containsExactlyElementsOf(
            ids.stream().map(id -> "create Observation/id" + id + " 1").toList());
    LogCheck.wholeLog(database, 6);
  }

  @Test
  void takesTheLowestIdAfterTheHighestForNoRun() {
    insert(database, entry(Action.UPDATE, "a", 2));
    execute(database, "UPDATE sillok_entry SET id = " + Long.MIN_VALUE);
    insert(database, entry(Action.CREATE, "a", 1));
    execute(database, "UPDATE sillok_entry SET id = " + Long.MAX_VALUE + " WHERE version = 1");

    assertThat(drain(sequencer(database, 10))).isEqualTo(2);

    assertThat(leaves(database))
        .containsExactly("create Observation/a 1", "update Observation/a 2");
  }

  @Test
  void refusesToBuildOnATileThatIsGone() {
    insert(database, create("a"));
    drain(sequencer(database, 10));
    execute(database, "DELETE FROM sillok_tile");
    insert(database, create("b"));

    assertThatThrownBy(() -> sequencer(database, 10).runOnce())
        .isInstanceOf(org.sillok.merkle.TileException.class);
    assertThat(number(database, "SELECT tree_size FROM sillok_log")).isEqualTo(1);
    assertThat(leaves(database)).hasSize(1);
  }

  @Test
  void saysThatTheLogIsMissing() {
    execute(database, "DELETE FROM sillok_log");
    insert(database, create("a"));

    assertThatThrownBy(() -> sequencer(database, 10).runOnce())
        .isInstanceOf(LogStoreException.class)
        .hasMessageContaining("there is no log");
  }

  @Test
  void refusesABatchSizeOfZero() {
    assertThatThrownBy(() -> sequencer(database, 0)).hasMessageContaining("got 0");
  }
}
