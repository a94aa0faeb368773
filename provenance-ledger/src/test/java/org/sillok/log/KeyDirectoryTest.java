package org.sillok.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyDirectoryTest {

  @TempDir Path temp;

  @Test
  void makesAKeyOnceForTheOwnerAlone() throws IOException {
    KeyDirectory keys = new KeyDirectory(temp.resolve("data/sillok"));

    String first = keys.key("a.key", () -> "one", Function.identity());
    String second = keys.key("a.key", () -> "two", Function.identity());

    assertThat(first).isEqualTo("one").isEqualTo(second);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys.file("a.key"))))
        .isEqualTo("rw-------");
  }

  @Test
  void aHalfWrittenDraftOfACrashIsNotAKey() throws IOException {
    Files.writeString(temp.resolve("a.key.new"), "hal");

    assertThat(new KeyDirectory(temp).key("a.key", () -> "whole", Function.identity()))
        .isEqualTo("whole");
    assertThat(temp.resolve("a.key.new")).doesNotExist();
  }

  @Test
  void refusesAKeyThatOthersMayRead() throws IOException {
    KeyDirectory keys = new KeyDirectory(temp);
    keys.key("a.key", () -> "secret", Function.identity());
    for (String mode : List.of("rw-r-----", "rw----r--", "rw--w----")) {
      Files.setPosixFilePermissions(keys.file("a.key"), PosixFilePermissions.fromString(mode));

      assertThatThrownBy(() -> keys.key("a.key", () -> "other", Function.identity()))
          .isInstanceOf(KeyFileException.class)
          .hasMessageContaining("chmod 600 " + keys.file("a.key"));
    }
  }

  @Test
  void refusesACorruptedKeyWithoutQuotingOrReplacingIt() throws IOException {
    KeyDirectory keys = new KeyDirectory(temp);
    LogKeys log = new LogKeys(keys, new java.security.SecureRandom());
    log.publisher();
    for (String damaged : List.of("", "c0ffee", "0".repeat(64), "f".repeat(64), "g".repeat(64))) {
      Files.writeString(keys.file(LogKeys.PUBLISHER_KEY), damaged);

      assertThatThrownBy(log::publisher)
          .isInstanceOf(KeyFileException.class)
          .hasMessageContaining(keys.file(LogKeys.PUBLISHER_KEY).toString())
          .hasMessageContaining("put the file back")
          .hasMessageNotContaining(damaged.isEmpty() ? "quoted" : damaged)
          .hasNoCause();
      assertThat(keys.file(LogKeys.PUBLISHER_KEY)).hasContent(damaged);
    }
  }

  @Test
  void refusesADirectoryThatCannotBeWritten() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "");
    KeyDirectory keys = new KeyDirectory(file.resolve("data"));

    assertThatThrownBy(() -> keys.key("a.key", () -> "secret", Function.identity()))
        .isInstanceOf(KeyFileException.class)
        .hasMessageContaining(keys.file("a.key").toString())
        .hasMessageContaining("sillok.data-directory");
  }

  @Test
  void refusesAKeyThatIsADirectory() throws IOException {
    KeyDirectory keys = new KeyDirectory(temp);
    Files.createDirectory(
        keys.file("a.key"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));

    assertThatThrownBy(() -> keys.key("a.key", () -> "secret", Function.identity()))
        .isInstanceOf(KeyFileException.class)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void serversThatStartAtOnceShareOneKey() throws Exception {
    AtomicInteger made = new AtomicInteger();
    ExecutorService servers = Executors.newFixedThreadPool(8);
    try {
      List<Future<String>> keys =
          IntStream.range(0, 8)
              .mapToObj(
                  i ->
                      servers.submit(
                          () ->
                              new KeyDirectory(temp)
                                  .key(
                                      "a.key",
                                      () -> "key " + made.incrementAndGet(),
                                      Function.identity())))
              .toList();
      Set<String> seen = new HashSet<>();
      for (Future<String> key : keys) {
        seen.add(key.get());
      }
      assertThat(seen).containsExactly("key 1");
    } finally {
      servers.shutdownNow();
    }
  }

  @Test
  void reloadsTheSameKeys() {
    LogKeys first = new LogKeys(new KeyDirectory(temp), new java.security.SecureRandom());
    LogKeys second = new LogKeys(new KeyDirectory(temp), new java.security.SecureRandom());

    assertThat(first.publisher()).isEqualTo(second.publisher());
    assertThat(first.ledger()).isEqualTo(second.ledger()).hasSize(32);
    assertThat(first.entryMac().keyId()).isEqualTo(second.entryMac().keyId());
  }
}
