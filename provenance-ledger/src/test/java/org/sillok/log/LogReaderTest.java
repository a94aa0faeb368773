package org.sillok.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sillok.log.LogFixture.MAC;
import static org.sillok.log.LogFixture.create;
import static org.sillok.log.LogFixture.drain;
import static org.sillok.log.LogFixture.entry;
import static org.sillok.log.LogFixture.execute;
import static org.sillok.log.LogFixture.insert;
import static org.sillok.log.LogFixture.sequencer;

import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.sillok.canonical.Nonce;
import org.sillok.log.Entry.Action;
import org.sillok.log.StoredEntry.Place;
import org.sillok.merkle.Hash;
import org.sillok.merkle.InclusionProof;
import org.sillok.merkle.TiledTree;

class LogReaderTest {

  private final DataSource database = LogFixture.h2();
  private final LogReader reader = new LogReader(database, MAC);

  @Test
  void findsEntriesByPlaceAndThoseThatWait() throws Exception {
    NewEntry second = entry(Action.UPDATE, "a", 2);
    insert(database, create("a"), create("b"), second);
    drain(sequencer(database, 10));
    insert(database, entry(Action.RELABEL, "a", 2));

    StoredEntry found = reader.at(1, 2).orElseThrow();
    assertThat(found.entry()).isEqualTo(second.entry());
    assertThat(found.nonce()).contains(second.nonce());
    assertThat(found.authentic()).isTrue();
    assertThat(found.place()).isEqualTo(new Place(1, 2));
    assertThat(reader.pending(5)).extracting(StoredEntry::place).containsOnlyNulls();
    assertThat(reader.at(1, 3)).isEmpty();
    assertThat(reader.at(2, 0)).isEmpty();
    assertThat(reader.size(1)).isEqualTo(3);
    assertThat(reader.pending()).isEqualTo(1);
    assertThatThrownBy(() -> reader.size(2)).hasMessageContaining("no log 2");
  }

  @Test
  void theNewestEntryIsTheBirthOfTheHighestVersionAndNoneThatWasSetAside() throws Exception {
    insert(database, create("a"), entry(Action.UPDATE, "a", 2), entry(Action.RELABEL, "a", 2));
    LogFixture.forge(database, entry(Action.UPDATE, "a", 9), new byte[32]);
    drain(sequencer(database, 10));

    assertThat(reader.newest("Observation", "a").orElseThrow().entry())
        .isEqualTo(entry(Action.UPDATE, "a", 2).entry());
    assertThat(reader.newest("Observation", "b")).isEmpty();
    assertThat(reader.setAside()).isEqualTo(1);
  }

  @Test
  void countsLeavesWithoutARowBehindAPlace() {
    for (int i = 0; i < 9; i++) {
      insert(database, create("r" + i));
    }
    drain(sequencer(database, 100));
    assertThat(reader.missing(1, -1, 9)).isZero();
    execute(database, "DELETE FROM sillok_entry WHERE leaf_index IN (4, 8)");
    assertThat(reader.missing(1, -1, 9)).isEqualTo(2);
    assertThat(reader.missing(1, 4, 9)).isEqualTo(1);
    assertThat(reader.missing(1, 4, 8)).isZero();
    assertThat(reader.missing(1, 8, 9)).isZero();
    execute(database, "UPDATE sillok_entry SET leaf_index = 6 WHERE leaf_index IN (5, 7)");
    assertThat(reader.missing(1, -1, 9)).as("rows at one place are one").isEqualTo(4);
  }

  @Test
  void theImportEndsWithAnEntryOfAServerAtItsPlace() {
    Entry closed =
        Entry.of(
            Entry.Kind.IMPORT_CLOSED,
            null,
            LogFixture.WHEN,
            LogFixture.CAUSE,
            Nonce.of(new byte[32]),
            Map.of("count", "1"));
    insert(database, create("a"));
    insert(database, new NewEntry(closed, null));
    assertThat(reader.importClosed()).isEmpty();
    drain(sequencer(database, 100));
    execute(database, "UPDATE sillok_entry SET kind = 'import-closed' WHERE resource_id = 'a'");
    assertThat(reader.importClosed()).contains(new Place(1, 1));
    execute(database, "UPDATE sillok_entry SET mac = X'00' WHERE leaf_index = 1");
    assertThat(reader.importClosed()).isEmpty();
  }

  @Test
  void tellsOursFromJunkAmongWhatIsSetAside() {
    LogFixture.forge(database, create("junk"), new byte[32]);
    insert(database, create("a"), create("b"));
    drain(sequencer(database, 100));
    assertThat(reader.takenOut()).isZero();
    execute(database, "UPDATE sillok_entry SET log = 0, leaf_index = NULL WHERE resource_id = 'a'");
    assertThat(reader.takenOut()).isEqualTo(1);
  }

  @Test
  void tellsAnEditedRowFromAnAuthenticOne() {
    insert(database, create("a"));
    execute(database, "UPDATE sillok_entry SET nonce = NULL");

    StoredEntry edited = reader.pending(1).get(0);

    assertThat(edited.authentic()).isFalse();
    assertThat(edited.nonce()).isEqualTo(Optional.empty());
  }

  @Test
  void servesTilesForProofs() throws Exception {
    for (int i = 0; i < 300; i++) {
      insert(database, create("r" + i));
    }
    drain(sequencer(database, 1000));

    TiledTree tree = new TiledTree(reader.tiles(1));
    Hash root = tree.root(300);
    for (int index : new int[] {0, 255, 256, 299}) {
      InclusionProof proof = tree.inclusion(index, 300);
      proof.verify(reader.at(1, index).orElseThrow().leaf(), root);
    }
    assertThat(reader.tiles(1).hashes(5, 0)).isEmpty();
  }

  @Test
  void answersFromTheCallersTransaction() throws Exception {
    try (var connection = database.getConnection()) {
      connection.setAutoCommit(false);
      new EntryWriter(MAC).insert(connection, java.util.List.of(create("a")));

      assertThat(reader.pending()).isZero();
      assertThat(reader.on(connection).pending()).isEqualTo(1);
      assertThat(connection.isClosed()).isFalse();
      connection.rollback();
    }
  }

  @Test
  void ordersCheckpointsBySizeAndKnowsWhichAreAnchored() {
    for (int size : new int[] {3, 10, 5}) {
      execute(
          database,
          "INSERT INTO sillok_checkpoint (log, tree_size, root, note, signed_at, receipt,"
              + " anchored_at) VALUES (1, %d, X'%s', 'note', TIMESTAMP WITH TIME ZONE"
                  .formatted(size, "0%x".formatted(size).repeat(32))
              + " '2026-11-22 03:04:05Z', %s, NULL)".formatted(size == 10 ? "NULL" : "'{}'"));
    }

    assertThat(reader.newestCheckpoint(1).orElseThrow().size()).isEqualTo(10);
    assertThat(reader.newestAnchored(1).orElseThrow().size()).isEqualTo(5);
    assertThat(reader.checkpointAt(1, 10).orElseThrow().receipt()).isEmpty();
    assertThat(reader.checkpointAt(1, 4)).isEmpty();
    assertThat(reader.newestCheckpoint(2)).isEmpty();
  }
}
