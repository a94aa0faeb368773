package org.sillok.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sillok.log.LogFixture.execute;
import static org.sillok.log.LogFixture.rows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sillok.note.SignerKey;

class LogStoreTest {

  private final DataSource database =
      LogFixture.h2("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");

  @TempDir Path first;
  @TempDir Path second;

  @BeforeEach
  void createTables() {
    LogFixture.createTables(database);
  }

  private LogStore store(Path directory) {
    return new LogStore(
        database, new LogKeys(new KeyDirectory(directory), new SecureRandom()), Clock.systemUTC());
  }

  @Test
  void createsALogThatOpensAgain() {
    OpenLog created = store(first).open(Optional.empty());
    OpenLog opened = store(first).open(Optional.empty());

    assertThat(created.number()).isEqualTo(1);
    assertThat(created.origin()).matches("sillok\\.local/[0-9a-f]{16}");
    assertThat(opened.vkey()).isEqualTo(created.vkey());
    assertThat(rows(database, "SELECT format, origin, vkey, tree_size FROM sillok_log"))
        .containsExactly(List.of("sillok-log-v1", created.origin(), created.vkey().toString(), 0L));
  }

  @Test
  void takesTheNameThatIsWantedAndKeepsIt() {
    Optional<String> name = Optional.of("hospital.example/log");

    assertThat(store(first).open(name).origin()).isEqualTo("hospital.example/log");
    assertThat(store(first).open(Optional.empty()).origin()).isEqualTo("hospital.example/log");
    assertThatThrownBy(() -> store(first).open(Optional.of("other.example/log")))
        .isInstanceOf(ForeignLogException.class)
        .hasMessageContaining("sillok.log.origin")
        .hasMessageContaining("hospital.example/log");
  }

  @Test
  void doesNotTakeAKeyOfAnotherNameForANewLog() {
    new LogKeys(new KeyDirectory(first), new SecureRandom()).log(() -> "old.example/log");

    assertThatThrownBy(() -> store(first).open(Optional.of("new.example/log")))
        .isInstanceOf(ForeignLogException.class)
        .hasMessageContaining("old.example/log");
    assertThat(rows(database, "SELECT * FROM sillok_log")).isEmpty();
  }

  @Test
  void aServerWithoutTheKeysIsToldWhichFilesToCopyAndMakesNone() throws Exception {
    store(first).open(Optional.empty());
    for (String file : List.of(LogKeys.LOG_KEY, LogKeys.ENTRY_MAC_KEY)) {
      assertThatThrownBy(() -> store(second).open(Optional.empty()))
          .isInstanceOf(ForeignLogException.class)
          .hasMessageContaining(second.resolve(file).toString())
          .hasMessageContaining("copy " + file);
      assertThat(second.resolve(file)).doesNotExist();
      Files.copy(
          first.resolve(file),
          second.resolve(file),
          java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
    }
    assertThat(store(second).open(Optional.empty()).vkey())
        .isEqualTo(store(first).open(Optional.empty()).vkey());
  }

  @Test
  void aServerWithOtherKeysIsRefused() throws Exception {
    OpenLog log = store(first).open(Optional.empty());
    LogKeys others = new LogKeys(new KeyDirectory(second), new SecureRandom());
    others.log(log::origin);
    others.entryMac();

    assertThatThrownBy(() -> store(second).open(Optional.empty()))
        .isInstanceOf(ForeignLogException.class)
        .hasMessageContaining(second.resolve("log.key").toString());

    Files.writeString(second.resolve("log.key"), Files.readString(first.resolve("log.key")));
    assertThatThrownBy(() -> store(second).open(Optional.empty()))
        .isInstanceOf(ForeignLogException.class)
        .hasMessageContaining(second.resolve("entry-mac.key").toString())
        .hasMessageNotContaining(Files.readString(first.resolve("entry-mac.key")).strip());
  }

  @Test
  void aFutureFormatIsRefusedUntouched() {
    store(first).open(Optional.empty());
    execute(database, "UPDATE sillok_log SET format = 'sillok-log-v2'");
    List<List<Object>> before = rows(database, "SELECT * FROM sillok_log");

    for (Path directory : List.of(first, second)) {
      assertThatThrownBy(() -> store(directory).open(Optional.empty()))
          .isInstanceOf(ForeignLogException.class)
          .hasMessageContaining("sillok-log-v2")
          .hasMessageContaining("Nothing was changed");
    }
    assertThat(rows(database, "SELECT * FROM sillok_log")).isEqualTo(before);
    assertThat(second).isEmptyDirectory();
  }

  @Test
  void aCorruptedKeyIsNamed() throws Exception {
    store(first).open(Optional.empty());
    for (String damaged : List.of("", "PRIVATE+KEY+x", other())) {
      Files.writeString(first.resolve("log.key"), damaged);
      assertThatThrownBy(() -> store(first).open(Optional.empty()))
          .hasMessageContaining(first.resolve("log.key").toString());
    }
  }

  private static String other() {
    return SignerKey.generate("other", new SecureRandom()).encoded();
  }

  @Test
  void aDatabaseWithoutTheTablesIsAnErrorOfTheDatabase() {
    execute(database, "DROP TABLE sillok_log");

    assertThatThrownBy(() -> store(first).open(Optional.empty()))
        .isInstanceOf(LogStoreException.class);
  }

  @Test
  void serversThatStartAtOnceOpenOneLog() throws Exception {
    ExecutorService servers = Executors.newFixedThreadPool(6);
    try {
      Callable<OpenLog> start = () -> store(first).open(Optional.empty());
      Set<String> seen = new HashSet<>();
      for (Future<OpenLog> log :
          servers.invokeAll(List.of(start, start, start, start, start, start))) {
        seen.add(log.get().vkey().toString());
      }
      assertThat(seen).hasSize(1);
      assertThat(rows(database, "SELECT * FROM sillok_log")).hasSize(1);
    } finally {
      servers.shutdownNow();
    }
  }
}
