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
 * checking its database while it is dead. The first start of all, and some of the later ones, are
 * killed before the server is ready. A last start lets the log come to rest and checks once more.
 */
public final class Soak {

  private static final int CLIENTS = 8;
  private static final int LONGEST_ROUND_MILLIS = 8_000;
  private static final int LONGEST_START_MILLIS = 15_000;
  private static final int STARTS_PER_KILLED_START = 3;

  /**
   * A log that has not grown for so long is at rest: several times the intervals of sequencing and
   * anchoring.
   */
  private static final Duration REST = Duration.ofSeconds(15);

  /** On a busy machine; entries that wait longer wait for ever. */
  private static final Duration LONGEST_WAIT_FOR_REST = Duration.ofMinutes(5);

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
    this.settings = settings.with("--management.endpoint.health.show-details=always");
    this.random = new Random(seed);
    this.report = report;
  }

  /**
   * @return what was wrong, in words, with the end of the server's log; nothing, if all held
   */
  public List<String> run(int rounds) throws InterruptedException {
    String during = "";
    try {
      for (int round = 1; round <= rounds; round++) {
        during = "round " + round;
        round(during, round == 1);
      }
      during = "at rest";
      comeToRest();
      LogCheck.Result end = check(during);
      if (end.pending() > 0) {
        note(during, end.pending() + " entries were still waiting when the log had come to rest");
      }
      tell(during + ": ", end);
    } catch (IOException | SQLException | IllegalStateException e) {
      note(during, "could not go on: " + e);
    }
    noteAll(during, acknowledged.takeProblems());
    if (!problems.isEmpty()) {
      problems.add(log() + " ends with\n" + ServerProcess.endOf(log()));
    }
    return List.copyOf(problems);
  }

  private void round(String round, boolean isFirst)
      throws IOException, InterruptedException, SQLException {
    Set<Version> before = acknowledged.versions();
    String told = round + ": ";
    if (isFirst || random.nextInt(STARTS_PER_KILLED_START) == 0) {
      told += "killed " + killWhileStarting() + " ms into a start, and again ";
    } else {
      told += "killed ";
    }
    told += "after " + killAfterRandomTime(round, before) + " ms of load; ";
    noteAll(round, acknowledged.takeProblems());
    LogCheck.Result result = check(round);
    tell(
        told + (acknowledged.versions().size() - before.size()) + " writes acknowledged; ", result);
  }

  private int killWhileStarting() throws InterruptedException {
    int millis = random.nextInt(LONGEST_START_MILLIS);
    try (ServerProcess server = ServerProcess.start(settings, log())) {
      Thread.sleep(millis);
      server.kill();
    }
    return millis;
  }

  private int killAfterRandomTime(String round, Set<Version> before)
      throws IOException, InterruptedException {
    int millis = 300 + random.nextInt(LONGEST_ROUND_MILLIS);
    try (ServerProcess server = ServerProcess.start(settings, log())) {
      server.awaitReady();
      readBack(round, server.client(), before);
      ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
      List<Load> loads = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        loads.add(new Load(server.client(), new Random(random.nextLong()), acknowledged));
      }
      loads.forEach(clients::execute);
      clients.shutdown();
      try {
        look(round, server.client());
        Thread.sleep(millis);
        look(round, server.client());
      } finally {
        if (!server.isAlive()) {
          note(round, "the server ended by itself, with exit status " + server.exitStatus());
        }
        loads.forEach(Load::stop);
        server.kill();
      }
      if (!clients.awaitTermination(1, TimeUnit.MINUTES)) {
        note(round, "a client still waits for a server that is gone");
        clients.shutdownNow();
      }
    }
    return millis;
  }

  /** Reads a sample of what was acknowledged in earlier rounds. */
  private void readBack(String round, FhirClient client, Set<Version> before)
      throws IOException, InterruptedException {
    List<Version> sample = new ArrayList<>(before);
    sample.sort((a, b) -> a.toString().compareTo(b.toString()));
    Collections.shuffle(sample, random);
    for (Version version : sample.subList(0, Math.min(100, sample.size()))) {
      Answer answer = client.get(version.toString());
      if (answer.status() != 200 && answer.status() != 410) {
        note(
            round,
            "acknowledged earlier, but a read of "
                + version
                + " gives "
                + answer.status()
                + ": "
                + answer.body());
      }
    }
  }

  /** Keeps the newest checkpoint that the server shows, as a witness would. */
  private void look(String round, FhirClient client) throws IOException, InterruptedException {
    Answer answer = client.getOutsideFhir("/ledger/checkpoint");
    if (answer.isSuccess()) {
      seen.add(Head.ofCheckpoint(answer.body()));
    } else if (answer.status() != 404) {
      note(round, "/ledger/checkpoint gives " + answer.status() + ": " + answer.body());
    }
  }

  private void comeToRest() throws IOException, InterruptedException {
    try (ServerProcess server = ServerProcess.start(settings, log())) {
      server.awaitReady();
      FhirClient client = server.client();
      readBack("at rest", client, acknowledged.versions());
      long begun = System.nanoTime();
      long grown = begun;
      long size = -1;
      while (System.nanoTime() - grown < REST.toNanos()
          || (isWaiting(client) && System.nanoTime() - begun < LONGEST_WAIT_FOR_REST.toNanos())) {
        look("at rest", client);
        long now = seen.isEmpty() ? 0 : seen.get(seen.size() - 1).size();
        if (now != size) {
          size = now;
          grown = System.nanoTime();
        }
        Thread.sleep(500);
      }
    }
  }

  /** Whether entries have no place yet, as the server says. */
  private static boolean isWaiting(FhirClient client) throws IOException, InterruptedException {
    Answer health = client.getOutsideFhir("/actuator/health/sillokLog");
    return health.json().path("details").path("pending").asLong() > 0;
  }

  private LogCheck.Result check(String round) throws SQLException {
    try (Connection database = DriverManager.getConnection(settings.database(), "sa", "")) {
      LogCheck.Result result = LogCheck.of(database, acknowledged.versions(), seen);
      noteAll(round, result.problems());
      return result;
    }
  }

  private void noteAll(String round, List<String> found) {
    found.forEach(problem -> note(round, problem));
  }

  private void note(String round, String problem) {
    problems.add(round + ": " + problem);
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
