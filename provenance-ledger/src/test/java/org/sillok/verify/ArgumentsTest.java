package org.sillok.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sillok.evidence.EvidenceFixture;

class ArgumentsTest {

  @TempDir private Path dir;
  private String good;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void writeEvidence() throws Exception {
    good = file("good.json", EvidenceFixture.complete().toJson());
  }

  private String file(String name, String text) throws Exception {
    return Files.writeString(dir.resolve(name), text).toString();
  }

  private int run(String... args) {
    return Main.run(
        List.of(args), new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
  }

  @Test
  void takesKeysAsTextOrAsFiles() throws Exception {
    String logKey = EvidenceFixture.LOG_KEY.toString();
    String ledgerKey = EvidenceFixture.LEDGER_KEY.publicKey().toString();
    assertThat(run(good, "--log-key", logKey, "--ledger-key", ledgerKey, "--strict")).isZero();
    String logFile = file("log.vkey", logKey + "\n");
    String ledgerFile = file("ledger.pub", ledgerKey + "\n");
    assertThat(run("--strict", "--log-key", logFile, "--ledger-key", ledgerFile, good)).isZero();
    assertThat(run(good, "--strict")).isEqualTo(Main.FAILED);
  }

  @Test
  void refusesWhatItDoesNotUnderstandAndSaysWhy() throws Exception {
    String noKey = file("no.key", "no key");
    assertUsage("no evidence file given");
    assertUsage("can't read", dir.resolve("absent.json").toString());
    assertUsage("can't read", dir.toString());
    assertUsage("unknown option --logkey", good, "--logkey", "x");
    assertUsage("more than one evidence file", good, good);
    assertUsage("--log-key needs a value", good, "--log-key");
    assertUsage("neither a key", good, "--log-key", "nonsense");
    assertUsage("no.key: a verifier key is", good, "--log-key", noKey);
    assertUsage("neither a key", good, "--ledger-key", "00");
    assertUsage("--hospital: ", good, "--hospital", "Not An Id");
    assertUsage("can't read", good, "--content", dir.resolve("absent.json").toString());
    assertUsage("can't read", "\u0000");
  }

  private void assertUsage(String message, String... args) {
    err.reset();
    assertThat(run(args)).isEqualTo(Main.USAGE);
    assertThat(err.toString(UTF_8)).contains(message);
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  @Test
  void doesNotLetTheFileSteerTheTerminal() throws Exception {
    String evil =
        file(
            "evil.json",
            EvidenceFixture.edited("anonymous", "\\\\u001b[2Jverified\\u202e\\\\u0007"));
    assertThat(run(evil)).isEqualTo(Main.FAILED);
    assertThat(out.toString(UTF_8).replaceAll("\\R", "")).doesNotContainPattern("\\p{Cntrl}");
    assertThat(out.toString(UTF_8)).contains("\\u001b[2J").contains("\\u202e");
  }
}
