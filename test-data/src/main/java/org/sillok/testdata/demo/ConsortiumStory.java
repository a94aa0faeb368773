package org.sillok.testdata.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.sillok.testdata.console.Terminal;
import org.sillok.testdata.server.Preflight;
import org.sillok.testdata.server.ServerProcess;
import org.sillok.testdata.server.ServerSettings;

/**
 * Two hospitals on one chain: each writes, each anchors its log, and each checks the other's
 * evidence by the chain alone. Throws {@link IllegalStateException} if a step does not go as told.
 */
final class ConsortiumStory implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Terminal terminal;
  private final Path repository;
  private final Path data;
  private final DemoChain chain;
  private final int port;
  private final List<ServerProcess> servers = new ArrayList<>();

  ConsortiumStory(Terminal terminal, Path repository, Path data, DemoChain chain, int port) {
    this.terminal = terminal;
    this.repository = repository;
    this.data = data;
    this.chain = chain;
    this.port = port;
  }

  void tell() throws IOException, InterruptedException, Preflight.RefusedException {
    terminal.step("The chain runs at " + chain.url() + ", id " + chain.id());
    makeKeys();
    found();
    startServers();
    write("seoul", servers.get(0));
    write("busan", servers.get(1));
    awaitAnchored("seoul", servers.get(0));
    awaitAnchored("busan", servers.get(1));
    terminal.step("Each hospital checks what the other one handed out, by the chain alone");
    verify("seoul");
    verify("busan");
    refuse();
    ledger("status", "--rpc", chain.url().toString(), "--ledger", file("ledger.json"));
  }

  private void makeKeys() throws IOException, InterruptedException {
    terminal.step("Three hospitals make their keys; what others need to know goes into a file");
    Files.writeString(data.resolve("password"), UUID.randomUUID() + "\n");
    for (String hospital : List.of("gyeonggi", "seoul", "busan")) {
      String owner = keygen(hospital + "-owner");
      String publisher = keygen(hospital + "-publisher");
      String vkey =
          ledger(
              "log-key",
              "--data-directory",
              keys(hospital).toString(),
              "--origin",
              hospital + ".example/log");
      ledger(
          "describe",
          "--id",
          hospital,
          "--name",
          "Hospital " + hospital,
          "--fhir-base-url",
          "http://localhost:" + (hospital.equals("busan") ? port + 1 : port) + "/fhir",
          "--owner",
          owner,
          "--publisher",
          publisher,
          "--log-vkey",
          vkey,
          file(hospital + ".json"));
    }
  }

  private String keygen(String name) throws IOException, InterruptedException {
    return ledger("keygen", "--out", file(name + ".key"), "--password-file", file("password"));
  }

  private void found() throws IOException, InterruptedException {
    terminal.step("The first one deploys the ledger: one transaction, three contracts");
    String id = "" + chain.id();
    as("gyeonggi", "deploy", "--chain-id", id, "--out", file("ledger.json"), file("gyeonggi.json"));
    terminal.step("The members take in the other two: the first alone, then two of two votes");
    as("gyeonggi", "admit", "--ledger", file("ledger.json"), file("seoul.json"));
    as("gyeonggi", "admit", "--ledger", file("ledger.json"), file("busan.json"));
    as("seoul", "approve", "--ledger", file("ledger.json"), "--yes", "2");
  }

  private void as(String hospital, String... command) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--rpc", chain.url().toString()));
    all.addAll(List.of("--keystore", file(hospital + "-owner.key")));
    all.addAll(List.of("--password-file", file("password")));
    ledger(all.toArray(String[]::new));
  }

  private void startServers() throws InterruptedException, Preflight.RefusedException {
    terminal.step("Two of them start a FHIR server each, with a database of its own");
    Path jar = ServerSettings.jarIn(repository.resolve("hapi-server/target"));
    for (String hospital : List.of("seoul", "busan")) {
      Path own = data.resolve(hospital);
      ServerSettings settings =
          new ServerSettings(jar, own, port + servers.size())
              .with("--sillok.hospital.id=" + hospital)
              .with("--sillok.anchor.interval=2s")
              .with("--sillok.ledger.type=besu")
              .with("--sillok.ledger.file=" + file("ledger.json"))
              .with("--sillok.ledger.rpc-urls=" + chain.url())
              .with("--sillok.ledger.keystore=" + file(hospital + "-publisher.key"))
              .with("--sillok.ledger.keystore-password-file=" + file("password"));
      Preflight.check(settings);
      servers.add(ServerProcess.start(settings, own.resolve("server.log")));
    }
    for (ServerProcess server : servers) {
      server.awaitReady();
      terminal.line("   %s/fhir is ready", server.base());
    }
  }

  private void write(String hospital, ServerProcess server)
      throws IOException, InterruptedException {
    terminal.step("A patient is written at " + hospital);
    for (String status : List.of("registered", "final")) {
      server
          .client()
          .put("Patient/p1", "{\"resourceType\":\"Patient\",\"id\":\"p1\",\"active\":true}")
          .orThrow();
      server
          .client()
          .put(
              "Observation/o1",
              "{\"resourceType\":\"Observation\",\"id\":\"o1\",\"status\":\""
                  + status
                  + "\",\"code\":{\"text\":\"creatinine\"},\"subject\":{\"reference\":\"Patient/p1\"}}")
          .orThrow();
    }
  }

  private void awaitAnchored(String hospital, ServerProcess server)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Checks checks = new Checks(server.client());
    String version = "Observation/o1/_history/2";
    Checks.Verdict verdict = checks.version(version);
    while (verdict.code().equals("pending") && System.nanoTime() < end) {
      Thread.sleep(1000);
      verdict = checks.version(version);
    }
    require(verdict.code().equals("verified"), hospital + " says of its version: " + verdict);
    terminal.line(
        "   %s: %s, anchored with a log of %d leaves",
        hospital, verdict.code(), verdict.checkpoint());
    Files.writeString(
        data.resolve(hospital + "-evidence.json"),
        server.client().getFile(version + "/$evidence?content=true").orThrow().body());
  }

  private void verify(String hospital) throws IOException, InterruptedException {
    int status = verifier(hospital, hospital);
    require(status == 0, "sillok-verify ended with status " + status);
    terminal.line(
        "   Try it yourself: ./sillok verify %s --rpc %s --ledger %s",
        file(hospital + "-evidence.json"), chain.url(), file("ledger.json"));
  }

  private void refuse() throws IOException, InterruptedException {
    terminal.step("Evidence of one hospital's log does not pass for another's");
    int status = verifier("seoul", "busan");
    require(status == 1, "sillok-verify ended with status " + status);
  }

  private int verifier(String of, String expected) throws IOException, InterruptedException {
    Path jar = repository.resolve("provenance-ledger/target/sillok-verify.jar");
    Output output =
        run(
            List.of(
                ServerProcess.java(),
                "-jar",
                jar.toString(),
                file(of + "-evidence.json"),
                "--strict",
                "--hospital",
                expected,
                "--rpc",
                chain.url().toString(),
                "--ledger",
                file("ledger.json")));
    return output.status();
  }

  /** Runs a command of {@code ./sillok ledger}, and gives the last line that it printed. */
  private String ledger(String... command) throws IOException, InterruptedException {
    Path jar = repository.resolve("provenance-ledger/target/sillok-ledger.jar");
    List<String> all = new ArrayList<>(List.of(ServerProcess.java(), "-jar", jar.toString()));
    all.addAll(List.of(command));
    Output output = run(all);
    require(output.status() == 0, "ledger " + command[0] + " ended with " + output.status());
    return output.lines().isEmpty() ? "" : output.lines().get(output.lines().size() - 1);
  }

  private record Output(int status, List<String> lines) {}

  private Output run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      output
          .lines()
          .forEach(
              line -> {
                lines.add(line);
                terminal.line("   | %s", line);
              });
    } finally {
      process.destroy();
    }
    return new Output(process.waitFor(), lines);
  }

  private Path keys(String hospital) {
    return data.resolve(hospital).resolve("sillok");
  }

  private String file(String name) {
    return data.resolve(name).toString();
  }

  /** Waits until a server ends. */
  void join() throws InterruptedException {
    servers.get(0).join();
  }

  @Override
  public void close() {
    servers.forEach(ServerProcess::close);
  }

  private static void require(boolean asTold, String otherwise) {
    if (!asTold) {
      throw new IllegalStateException("this did not go as told: " + otherwise);
    }
  }
}
