package org.sillok.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.sillok.evidence.EvidenceFixture.edited;
import static org.sillok.evidence.EvidenceFixture.withProof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sillok.evidence.Evidence;
import org.sillok.evidence.EvidenceFixture;
import org.sillok.faults.Anvil;
import org.sillok.ledger.besu.BesuFixture;

/** The built jar as a process of its own. */
class SillokVerifyIT {

  private static final Path JAR = Path.of("target", "sillok-verify.jar");
  private static final String LOG_KEY = EvidenceFixture.LOG_KEY.toString();
  private static final String LEDGER_KEY = EvidenceFixture.LEDGER_KEY.publicKey().toString();

  @TempDir private Path dir;

  private record Result(int status, String output) {}

  private Result run(List<String> args) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-jar",
                JAR.toString()));
    command.addAll(args);
    Path output = dir.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Result(process.exitValue(), Files.readString(output, UTF_8));
  }

  private Result verify(String evidence, String... options)
      throws IOException, InterruptedException {
    Path file = Files.writeString(dir.resolve("evidence.json"), evidence);
    List<String> args = new ArrayList<>(List.of(file.toString()));
    args.addAll(List.of("--log-key", LOG_KEY, "--ledger-key", LEDGER_KEY));
    args.addAll(List.of(options));
    return run(args);
  }

  @Test
  void verifiesGoodEvidenceAndShowsEveryStep() throws Exception {
    Result result = verify(EvidenceFixture.complete().toJson(), "--strict", "--hospital", "seoul");
    assertThat(result.output()).contains("ok    inclusion").endsWith("VERIFIED\n");
    assertThat(result.status()).isZero();

    Path read = Files.writeString(dir.resolve("read.json"), EvidenceFixture.READ);
    assertThat(verify(EvidenceFixture.complete().toJson(), "--content", read.toString()).status())
        .isZero();
    assertThat(verify(EvidenceFixture.complete().toJson(), "--json").output())
        .startsWith("{\"message\":\"VERIFIED\",\"outcome\":\"verified\",\"steps\":[{");
  }

  @Test
  void namesOnlyTheKeysThatWereNotPinned() throws Exception {
    Path file = Files.writeString(dir.resolve("good.json"), EvidenceFixture.complete().toJson());
    assertThat(run(List.of(file.toString(), "--log-key", LOG_KEY)).output())
        .endsWith("VERIFIED, but the ledger key merely came with the evidence\n");
    assertThat(run(List.of(file.toString())).output())
        .endsWith("VERIFIED, but the log key and the ledger key merely came with the evidence\n");
  }

  @Test
  void tellsApartWhatIsNotYetAnchored() throws Exception {
    Result noLedger = verify(EvidenceFixture.withoutLedger());
    assertThat(noLedger.output()).contains("NOT YET ANCHORED");
    assertThat(noLedger.status()).isEqualTo(3);
    assertThat(verify(EvidenceFixture.withoutPlace()).status()).isEqualTo(3);
  }

  @Test
  void isSmallAndHasWhatItNeedsToAskAChain() throws Exception {
    assertThat(Files.size(JAR)).isLessThan(6_000_000);
    try (Anvil chain = Anvil.start()) {
      JdbcDataSource database = new JdbcDataSource();
      database.setURL("jdbc:h2:mem:sillok-verify;DB_CLOSE_DELAY=-1");
      BesuFixture fixture = new BesuFixture(chain, database);
      Evidence evidence = ChainEvidenceIT.publishedBySeoulAlone(fixture);
      Path ledger = Files.writeString(dir.resolve("ledger.json"), fixture.file().toJson());
      Path file = Files.writeString(dir.resolve("chain.json"), evidence.toJson());
      String url = chain.url().toString();
      Result result =
          run(List.of(file.toString(), "--strict", "--rpc", url, "--ledger", ledger.toString()));
      assertThat(result.output()).endsWith("VERIFIED\n");
      assertThat(result.status()).isZero();
    }
  }

  @Test
  void helpsAndRefusesWrongUsage() throws Exception {
    assertThat(run(List.of("--help")))
        .satisfies(help -> assertThat(help.output()).contains("Exit status"))
        .satisfies(help -> assertThat(help.status()).isZero());
    assertThat(run(List.of()).status()).isEqualTo(2);
    assertThat(run(List.of("absent.json")).status()).isEqualTo(2);
    assertThat(verify("{}", "--what").status()).isEqualTo(2);
  }

  @Test
  void namesTheStepAtWhichBadEvidenceFails() throws Exception {
    Map<String, String> bad = new TreeMap<>();
    bad.put("", "evidence file");
    bad.put("{}", "evidence file");
    bad.put(EvidenceFixture.complete().toJson().substring(0, 700), "evidence file");
    bad.put(edited("\"format\":", "\"vkey\":\"\",\"format\":"), "evidence file");
    bad.put(edited("sillok-evidence-v1", "sillok-evidence-v9"), "evidence file");
    bad.put(edited("\\\"v\\\":1", "\\\"v\\\":2"), "entry");
    bad.put(edited("1.00", "1.0"), "content");
    bad.put(edited(EvidenceFixture.NONCE.toHex(), "00".repeat(31)), "nonce");
    bad.put(edited("\\\"Observation/7", "\\\"Patient/7"), "resource");
    bad.put(edited("\"vkey\":\"hospital", "\"vkey\":\"hospitals"), "log key");
    bad.put(withProof(proof -> proof.replace("index 2", "index 9223372036854775808")), "proof");
    bad.put(withProof(proof -> proof.replace("index 2\n", "")), "proof");
    bad.put(withProof(proof -> proof.replace("\n7\n", "\n8\n")), "checkpoint");
    bad.put(withProof(proof -> proof.replace("\n7\n", "\n0\n")), "checkpoint");
    bad.put(withProof(proof -> proof.replace("example/log\n", "example/other\n")), "checkpoint");
    bad.put(withProof(proof -> proof.replace("index 2", "index 7")), "inclusion");
    bad.put(withProof(proof -> proof.replace("index 2", "index 3")), "inclusion");
    bad.put(withProof(SillokVerifyIT::withFirstTwoHashesSwapped), "inclusion");
    bad.put(withProof(proof -> proof.replaceFirst("(index 2\n).*\n", "$1")), "inclusion");
    bad.put(edited("anonymous", "dr-hong"), "inclusion");
    bad.put(edited("\"size\":7", "\"size\":8"), "published head");
    bad.put(edited("\\\"number\\\":12", "\\\"number\\\":13"), "ledger block");
    bad.put(edited("\"blockNumber\":12", "\"blockNumber\":13"), "receipt");
    bad.put(edited("\"log\":\"seoul/1\"", "\"log\":\"busan/1\""), "publication");
    bad.put(edited("\"key\":\"" + LEDGER_KEY, "\"key\":\"" + "00".repeat(32)), "ledger key");
    for (Map.Entry<String, String> file : bad.entrySet()) {
      Result result = verify(file.getKey());
      assertThat(result.output()).endsWith("FAILED at step: " + file.getValue() + "\n");
      assertThat(result.status()).isEqualTo(1);
    }
    Path huge = dir.resolve("huge.json");
    Files.write(huge, new byte[Evidence.MAX_LENGTH + 10]);
    assertThat(run(List.of(huge.toString())).output()).endsWith("at step: evidence file\n");
  }

  private static String withFirstTwoHashesSwapped(String proof) {
    String[] lines = proof.split("\n", -1);
    String first = lines[2];
    lines[2] = lines[3];
    lines[3] = first;
    return String.join("\n", lines);
  }
}
