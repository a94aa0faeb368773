package org.sillok.testdata.soak;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.sillok.testdata.server.FhirClient;
import org.sillok.testdata.server.FhirClient.Answer;
import org.sillok.testdata.server.ServerProcess;
import org.sillok.testdata.server.ServerSettings;

/**
 * Rounds of starting a server, loading it from eight clients, killing it at a random moment, and
 * checking its database while it is dead; a last start lets the log come to rest and checks once
 * more.
 */
public final class Soak {

  private static final int CLIENTS = 8;
  private static final int LONGEST_ROUND_MILLIS = 8_000;

  /**
   * A log that has not grown for so long is at rest: several times the intervals of sequencing and
   * anchoring.
   */
  private static final Duration REST = Duration.ofSeconds(15);

  private final ServerSettings settings;
  private final Random random;
  private final Consumer<String> report;
  private final Acknowledged acknowledged = new Acknowledged();
  private final List<Head> seen = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * @param settings of a server with an empty data directory; its log goes to {@code server.log}
   *     there
   * @param seed decides what the clients do and when the server is killed
   * @param report takes a line per round
   */
  public Soak(ServerSettings settings, long seed, Consumer<String> report) {
    this.settings = settings;
    this.random = new Random(seed);
    this.report = report;
  }

  /**
   * @return what was wrong, in words; nothing, if all held
   */
  public List<String> run(int rounds) throws IOException, InterruptedException, SQLException {
    for (int round = 1; round <= rounds; round++) {
      Set<Version> before = acknowledged.versions();
      int millis = killAfterRandomTime(before);
      LogCheck.Result result = check();
      int writes = acknowledged.versions().size() - before.size();
      tell(
          "round "
              + round
              + ": killed after "
              + millis
              + " ms; "
              + writes
              + " writes acknowledged; ",
          result);
    }
    comeToRest();
    LogCheck.Result end = check();
    if (end.pending() > 0) {
      problems.add(end.pending() + " entries were still waiting when the log had come to rest");
    }
    tell("at rest: ", end);
    problems.addAll(acknowledged.refusals());
    return List.copyOf(problems);
  }

  private int killAfterRandomTime(Set<Version> before) throws IOException, InterruptedException {
    int millis = 300 + random.nextInt(LONGEST_ROUND_MILLIS);
    try (ServerProcess server = ServerProcess.start(settings, log())) {
      server.awaitReady();
      readBack(server.client(), before);
      ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
      List<Load> loads = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        loads.add(new Load(server.client(), new Random(random.nextLong()), acknowledged));
      }
      loads.forEach(clients::execute);
      clients.shutdown();
      look(server.client());
      Thread.sleep(millis);
      look(server.client());
      server.kill();
      loads.forEach(Load::stop);
      if (!clients.awaitTermination(1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("a client still waits for a server that is gone");
      }
    }
    return millis;
  }

  /** Reads a sample of what was acknowledged in earlier rounds. */
  private void readBack(FhirClient client, Set<Version> before)
      throws IOException, InterruptedException {
    List<Version> sample = new ArrayList<>(before);
    sample.sort((a, b) -> a.toString().compareTo(b.toString()));
    Collections.shuffle(sample, random);
    for (Version version : sample.subList(0, Math.min(100, sample.size()))) {
      int status = client.get(version.toString()).status();
      if (status != 200 && status != 410) {
        problems.add("acknowledged earlier, but a read of " + version + " gives " + status);
      }
    }
  }

  /** Keeps the newest checkpoint that the server shows, as a witness would. */
  private void look(FhirClient client) throws IOException, InterruptedException {
    Answer answer = client.getOutsideFhir("/ledger/checkpoint");
    if (answer.isSuccess()) {
      seen.add(Head.ofCheckpoint(answer.body()));
    } else if (answer.status() != 404) {
      problems.add("/ledger/checkpoint gives " + answer.status());
    }
  }

  private void comeToRest() throws IOException, InterruptedException {
    try (ServerProcess server = ServerProcess.start(settings, log())) {
      server.awaitReady();
      FhirClient client = server.client();
      readBack(client, acknowledged.versions());
      long grown = System.nanoTime();
      long size = -1;
      while (System.nanoTime() - grown < REST.toNanos()) {
        look(client);
        long now = seen.isEmpty() ? 0 : seen.get(seen.size() - 1).size();
        if (now != size) {
          size = now;
          grown = System.nanoTime();
        }
        Thread.sleep(500);
      }
    }
  }

  private LogCheck.Result check() throws SQLException {
    try (Connection database = DriverManager.getConnection(settings.database(), "sa", "")) {
      LogCheck.Result result = LogCheck.of(database, acknowledged.versions(), seen);
      problems.addAll(result.problems());
      return result;
    }
  }

  private void tell(String what, LogCheck.Result result) {
    String trouble =
        result.problems().isEmpty() ? "" : "; " + result.problems().size() + " PROBLEMS";
    report.accept(what + result.counts() + trouble);
  }

  private Path log() {
    return settings.data().resolve("server.log");
  }
}
