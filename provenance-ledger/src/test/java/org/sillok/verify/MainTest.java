package org.sillok.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sillok.evidence.EvidenceFixture;
import org.sillok.log.Entry;

class MainTest {

  @TempDir private Path dir;

  private record Result(int status, String output) {}

  private Result verify(Entry.Action action, String... options) throws IOException {
    Path file =
        Files.writeString(
            dir.resolve("evidence.json"), EvidenceFixture.complete(action).toJson(), UTF_8);
    List<String> args = new ArrayList<>(List.of(file.toString()));
    args.addAll(List.of(options));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int status =
        Main.run(args, new PrintStream(out, true, UTF_8), new PrintStream(out, true, UTF_8));
    return new Result(status, out.toString(UTF_8));
  }

  private static String[] pinned(String... more) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--log-key",
                EvidenceFixture.LOG_KEY.verifier().toString(),
                "--ledger-key",
                EvidenceFixture.LEDGER_KEY.publicKey().toString()));
    options.addAll(List.of(more));
    return options.toArray(String[]::new);
  }

  @Test
  void whatNobodyVouchesForIsNotCalledVerified() throws Exception {
    for (Entry.Action action :
        List.of(Entry.Action.FOUND, Entry.Action.IMPORT, Entry.Action.RELABEL)) {
      Result text = verify(action, pinned());
      assertThat(text.status()).isEqualTo(5);
      assertThat(text.output())
          .contains("UNCHANGED SINCE IT WAS LOGGED, ORIGIN UNKNOWN: the ")
          .doesNotContain("VERIFIED");

      assertThat(verify(action, pinned("--json")).output())
          .contains("\"outcome\":\"origin-unknown\"");
      assertThat(verify(action, "--json").output())
          .contains("\"outcome\":\"origin-unknown-unpinned\"")
          .contains("but the log key and the ledger key merely came with the evidence");
    }
  }

  @Test
  void whatAServerWroteIsVerified() throws Exception {
    Result result = verify(Entry.Action.UPDATE, pinned());
    assertThat(result.status()).isZero();
    assertThat(result.output()).endsWith("VERIFIED\n");
  }
}
