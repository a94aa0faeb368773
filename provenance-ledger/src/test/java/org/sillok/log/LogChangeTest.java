package org.sillok.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sillok.log.LogFixture.MAC;
import static org.sillok.log.LogFixture.create;
import static org.sillok.log.LogFixture.drain;
import static org.sillok.log.LogFixture.insert;
import static org.sillok.log.LogFixture.number;
import static org.sillok.log.LogFixture.rows;
import static org.sillok.log.LogFixture.sequencer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sillok.log.LogAudit.Depth;
import org.sillok.merkle.Hash;
import org.sillok.merkle.TiledTree;
import org.sillok.note.SignerKey;

class LogChangeTest {

  private static final int SIZE = 700;
  private static final Hash ROOT = Hash.of(new byte[Hash.SIZE]);

  private final DataSource database = LogFixture.h2();
  private final OpenLog log = LogFixture.openLog();
  private final LogReader reader = new LogReader(database, MAC);
  private final SignerKey successor =
      SignerKey.generate("hospital.example/log2", new SecureRandom());
  private final LogChange change = new LogChange(database, log, Clock.systemUTC());

  @TempDir private Path keys;

  private void write(int from, int to) {
    NewEntry[] entries = new NewEntry[to - from];
    for (int i = from; i < to; i++) {
      entries[i - from] = create("r" + i);
    }
    insert(database, entries);
  }

  private List<LogFinding> findings(int number, LogVkeys vkeys) {
    List<LogFinding> found = new ArrayList<>();
    new LogAudit(database, number, vkeys, MAC, HeadWitness.NONE)
        .run(Depth.ENTRIES, found::add, leaves -> {});
    return found;
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 255, 256, 257, 512, 600, SIZE})
  void aClosedLogKeepsWhatItIsTold(long kept) {
    write(0, SIZE);
    drain(sequencer(database, 250));
    Hash root = new TiledTree(reader.tiles(1)).root(kept);
    LogVkeys before = log.vkeys();

    change.succeed(new LogBreak(1, kept, 1000, ROOT), successor);

    LogCheck.prefix(database, kept);
    assertThat(new TiledTree(reader.tiles(1)).root(kept)).isEqualTo(root);
    assertThat(log.number()).isEqualTo(2);
    assertThat(log.origin()).isEqualTo("hospital.example/log2");
    assertThat(reader.breaks()).containsExactly(new LogBreak(1, kept, 1000, ROOT));
    write(SIZE, SIZE + 5);
    drain(sequencer(database, 250));
    assertThat(reader.size(2)).isEqualTo(SIZE + 5 - kept);
    assertThat(number(database, "SELECT COUNT(*) FROM sillok_entry WHERE log IS NULL")).isZero();
    assertThat(findings(1, before)).isEmpty();
    assertThat(findings(2, log.vkeys())).isEmpty();
    assertThat(
            rows(
                database,
                "SELECT resource_id FROM sillok_entry ORDER BY log, leaf_index FETCH FIRST 3 ROWS"
                    + " ONLY"))
        .hasToString("[[r0], [r1], [r2]]");
  }

  @Test
  void headsThatTheLedgerNeverHadAreForgottenWithTheirLeaves() {
    write(0, 20);
    drain(sequencer(database, 250));
    CheckpointTable heads = new CheckpointTable(database, log, Clock.systemUTC());
    TiledTree tree = new TiledTree(reader.tiles(1));
    heads.sign(10, tree.root(10));
    heads.anchored(10, tree.root(10), "receipt");
    heads.sign(15, tree.root(15));
    LogVkeys before = log.vkeys();

    change.succeed(new LogBreak(1, 10, 1000, ROOT), successor);

    assertThat(reader.newestCheckpoint(1).orElseThrow().size()).isEqualTo(10);
    assertThat(findings(1, before)).isEmpty();
  }

  @Test
  void aServerThatComesLaterChangesNothing() {
    write(0, 20);
    drain(sequencer(database, 250));
    OpenLog other = log.snapshot();
    LogBreak where = new LogBreak(1, 10, 30, ROOT);
    change.succeed(where, successor);
    drain(sequencer(database, 250));
    List<List<Object>> entries = rows(database, "SELECT id, log, leaf_index FROM sillok_entry");

    new LogChange(database, other, Clock.systemUTC()).succeed(where, successor);

    assertThat(other.number()).isEqualTo(2);
    assertThat(rows(database, "SELECT id, log, leaf_index FROM sillok_entry")).isEqualTo(entries);
    assertThat(rows(database, "SELECT log FROM sillok_log")).hasSize(2);
  }

  @Test
  void leavesThatAreNotThereCannotBeKept() {
    write(0, 20);
    drain(sequencer(database, 250));

    assertThatThrownBy(() -> change.succeed(new LogBreak(1, 21, 30, ROOT), successor))
        .isInstanceOf(LogStoreException.class);
    assertThat(log.number()).isEqualTo(1);
    LogCheck.wholeLog(database, 20);
  }

  @Test
  void aKeyOfAnotherLogSignsNothing() {
    assertThatThrownBy(() -> change.sign(successor)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theKeyThatWasChangedOpensTheLogAtTheNextStart() throws Exception {
    DataSource fresh = LogFixture.h2("jdbc:h2:mem:change" + keys.hashCode() + ";DB_CLOSE_DELAY=-1");
    LogFixture.createTables(fresh);
    LogKeys files = new LogKeys(new KeyDirectory(keys), new SecureRandom());
    LogStore store = new LogStore(fresh, files, Clock.systemUTC());
    OpenLog open = store.open(Optional.of("hospital.example/log"));
    SignerKey next = files.another("hospital.example/log");
    assertThat(store.open(Optional.empty()).vkey()).isEqualTo(open.vkey());

    LogChange server = new LogChange(fresh, open, Clock.systemUTC());
    server.sign(server.key(next.verifier().toString()).orElseThrow());

    OpenLog again = store.open(Optional.empty());
    assertThat(again.vkey()).isEqualTo(next.verifier()).isEqualTo(open.vkey());
    assertThat(again.vkeys().keys()).hasSize(2).contains(files.log(() -> "").verifier());

    // A key that is lost is known by its public part only.
    Files.writeString(keys.resolve("log-old.vkey"), files.log(() -> "").verifier() + "\n");
    Files.delete(keys.resolve("log.key"));
    assertThat(store.open(Optional.empty()).vkeys().keys()).hasSize(2);
    Files.writeString(keys.resolve("log-old.vkey"), "nonsense");
    assertThatThrownBy(() -> store.open(Optional.empty()))
        .isInstanceOf(KeyFileException.class)
        .hasMessageContaining("log-old.vkey");
  }
}
