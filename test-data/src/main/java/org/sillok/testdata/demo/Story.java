package org.sillok.testdata.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.sillok.testdata.console.Terminal;
import org.sillok.testdata.scenario.Scenario;
import org.sillok.testdata.server.FhirClient;
import org.sillok.testdata.server.ServerProcess;
import org.sillok.testdata.server.ServerSettings;

/**
 * The steps of the story, each of which throws {@link IllegalStateException} if it does not go as
 * told.
 */
final class Story {

  private static final long SEED = 7;
  private static final int PATIENTS = 10;

  /**
   * The log has come to rest when nothing was added for so long; Provenance resources follow their
   * targets.
   */
  private static final Duration REST = Duration.ofSeconds(12);

  private static final String CREATININE = Scenario.CREATININE + "/_history/1";
  private static final String TRUE_VALUE = "\"value\":0.80";
  private static final String FALSE_VALUE = "\"value\":0.50";

  private final Terminal terminal;
  private final Path repository;
  private final ServerSettings settings;
  private final ServerProcess server;
  private final FhirClient client;
  private final Checks checks;

  Story(Terminal terminal, Path repository, ServerSettings settings, ServerProcess server) {
    this.terminal = terminal;
    this.repository = repository;
    this.settings = settings;
    this.server = server;
    this.client = server.client();
    this.checks = new Checks(client);
  }

  void tell() throws IOException, InterruptedException, SQLException {
    server.awaitReady();
    terminal.line("   It is ready at %s/fhir", server.base());
    fill();
    try (Intruder intruder = new Intruder(settings.database())) {
      awaitAnchored(intruder);
      verifyAll();
      handOutEvidence();
      tamper(intruder);
      noticeOne();
      noticeAll();
    }
    sayWhatToTry();
  }

  private void fill() throws IOException, InterruptedException {
    Filling filling = new Filling(terminal, client);
    terminal.step(
        "Two fictional hospitals send their patients, as any EMR would: by FHIR transactions");
    terminal.line("   %d resources are stored", filling.scenario());
    terminal.step(PATIENTS + " synthetic patients follow, with all that happened to them in years");
    terminal.line("   %d resources are stored", filling.patients(repository, SEED, PATIENTS));
  }

  private void awaitAnchored(Intruder database) throws InterruptedException, SQLException {
    terminal.step(
        "In the background each version gets its place in the log, and the ledger gets the log's tree head");
    long changed = System.nanoTime();
    Intruder.Counts counts = database.counts();
    while (!counts.isComplete() || System.nanoTime() - changed < REST.toNanos()) {
      require(
          System.nanoTime() - changed < Duration.ofMinutes(5).toNanos(),
          "the log stands still: " + counts);
      Thread.sleep(1000);
      Intruder.Counts now = database.counts();
      if (!now.equals(counts)) {
        changed = System.nanoTime();
        counts = now;
      }
    }
    terminal.line(
        "   %d versions are stored, %d are in the log, %d are anchored on the ledger",
        counts.versions(), counts.logged(), counts.anchored());
  }

  private void verifyAll() throws IOException, InterruptedException {
    terminal.step("The server is asked to prove everything: GET /fhir/$verify");
    Checks.Everything everything = everything();
    require(
        everything.ok() && everything.counts().keySet().equals(Set.of("verified")),
        "not everything is verified: " + everything);
  }

  private void handOutEvidence() throws IOException, InterruptedException {
    terminal.step(
        "One version is handed out with its proof, and checked by a program that asks nobody");
    Path file = settings.data().resolve("evidence.json");
    Path logKey = settings.data().resolve("log.vkey");
    Path ledgerKey = settings.data().resolve("ledger.pub");
    Files.writeString(
        file, client.getFile(CREATININE + "/$evidence?content=true").orThrow().body());
    Files.writeString(logKey, client.getOutsideFhir("/ledger/log.vkey").orThrow().body());
    Files.writeString(ledgerKey, client.getOutsideFhir("/ledger/ledger.pub").orThrow().body());
    Path verifier = repository.resolve("provenance-ledger/target/sillok-verify.jar");
    int status =
        run(
            List.of(
                ServerProcess.java(),
                "-jar",
                verifier.toString(),
                file.toString(),
                "--log-key",
                logKey.toString(),
                "--ledger-key",
                ledgerKey.toString()));
    require(status == 0, "sillok-verify ended with status " + status);
    terminal.line(
        "   Try it yourself: ./sillok verify %s --log-key %s --ledger-key %s",
        file, logKey, ledgerKey);
  }

  private void tamper(Intruder intruder) throws IOException, InterruptedException, SQLException {
    terminal.step(
        "Somebody with the database's password makes a kidney look healthier: creatinine 0.80 becomes 0.50");
    int rows = intruder.replace(Scenario.CREATININE, TRUE_VALUE, FALSE_VALUE);
    require(rows == 1, rows + " rows were changed, not 1");
    JsonNode value =
        client.get(Scenario.CREATININE).orThrow().json().path("valueQuantity").path("value");
    terminal.line(
        "   One row of HFJ_RES_VER is changed. GET /fhir/%s now says %s",
        Scenario.CREATININE, value.asText());
    require(value.asDouble() == 0.5, "the server does not serve the changed value");
  }

  private void noticeOne() throws IOException, InterruptedException {
    terminal.step("The server is asked about that version: GET /fhir/" + CREATININE + "/$verify");
    Checks.Verdict verdict = checks.version(CREATININE);
    terminal.line(
        "   %s, at the step \"%s\": %s", verdict.code(), verdict.step(), verdict.detail());
    require(
        verdict.code().equals("altered") && verdict.step().equals("content"),
        "it was not caught: " + verdict);
  }

  private void noticeAll() throws IOException, InterruptedException {
    terminal.step("The sweep, which nobody has to tell where to look, goes over everything");
    Checks.Everything everything = everything();
    everything.findings().forEach(finding -> terminal.line("   Found: %s", finding));
    require(
        everything.findings().equals(List.of(CREATININE))
            && Map.of("altered", 1L).equals(without(everything.counts(), "verified")),
        "exactly "
            + CREATININE
            + " should have been found, and the rest be verified: "
            + everything);
    require(
        checks.findings().equals(List.of(CREATININE)),
        "$findings lists something else: " + checks.findings());
    terminal.line(
        "   Exactly that version; all others are verified as before. GET /fhir/$findings lists it, and");
    int health = client.getOutsideFhir("/actuator/health").status();
    terminal.line("   GET /actuator/health answers %d until somebody has reviewed it", health);
  }

  private Checks.Everything everything() throws IOException, InterruptedException {
    Terminal.Progress progress = terminal.progress("percent checked", 100);
    int[] shown = new int[1];
    Checks.Everything everything =
        checks.everything(
            percent -> {
              progress.advance(Math.max(0, percent - shown[0]));
              shown[0] = Math.max(percent, shown[0]);
            });
    everything
        .counts()
        .forEach((code, number) -> terminal.line("   %d versions: %s", number, code));
    return everything;
  }

  private static Map<String, Long> without(Map<String, Long> counts, String code) {
    Map<String, Long> rest = new TreeMap<>(counts);
    rest.remove(code);
    return rest;
  }

  private void sayWhatToTry() {
    URI base = server.base();
    terminal.step("Look around");
    List.of(
            "/fhir/Patient?name=Kim",
            "/fhir/" + CREATININE + "/$verify",
            "/fhir/" + Scenario.ALLERGY + "/$verify",
            "/fhir/" + Scenario.ALLERGY + "/_history/1/$evidence?content=true",
            "/fhir/Provenance?target=" + Scenario.ALLERGY,
            "/fhir/$findings",
            "/ledger/checkpoint",
            "/actuator/health")
        .forEach(path -> terminal.line("   curl '%s%s'", base, path));
  }

  /** Runs a program and shows what it prints. */
  private int run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      output.lines().forEach(line -> terminal.line("   | %s", line));
    } finally {
      process.destroy();
    }
    return process.waitFor();
  }

  private static void require(boolean asTold, String otherwise) {
    if (!asTold) {
      throw new IllegalStateException("this did not go as told: " + otherwise);
    }
  }
}
