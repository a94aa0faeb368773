package org.sillok.testdata.soak.chain;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.sillok.ledger.ConsentId;
import org.sillok.ledger.LedgerUnavailableException;

/**
 * Rounds of writing, one fault, and a look whether log and chain agree once more without help.
 *
 * <p>The seed decides which faults come and in which order, on which server, how much is written
 * and how long what lasts; what the machine does in between it cannot decide.
 */
public final class ChainSoak {

  /** Rounds in which every kind of fault comes once. */
  public static final int EVERY_KIND = FaultKind.values().length;

  /** As long as two of the anchor's longest pauses. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path directory;
  private final long seed;
  private final Random consents;
  private final Consumer<String> report;
  private final Tally tally = new Tally();
  private final Set<FaultKind> met = EnumSet.noneOf(FaultKind.class);

  /**
   * @param directory an empty one; what is in it afterwards is for whoever looks for a problem's
   *     cause
   * @param report takes a line per round
   */
  public ChainSoak(Path directory, long seed, Consumer<String> report) {
    this.directory = directory.toAbsolutePath();
    this.seed = seed;
    this.consents = new Random(seed);
    this.report = report;
  }

  /**
   * Ends after the first round with a problem, since all later ones would have it as well.
   *
   * @return what was wrong, in words; nothing, if all held
   */
  public List<String> run(int rounds) throws IOException, SQLException, InterruptedException {
    Schedule schedule = new Schedule(new Random(seed));
    try (Site site = new Site(directory)) {
      site.entries().write(1);
      List<String> problems = settle(site, "at first");
      for (int round = 1; round <= rounds && problems.isEmpty(); round++) {
        // One of its own: how often a round draws depends on the machine.
        Faults faults = new Faults(site, schedule, new Random(31 * seed + round), tally);
        FaultKind kind = schedule.nextKind();
        problems = round(site, faults, "round " + round, kind);
        met.add(kind);
      }
      report.accept(met.size() + " kinds of faults");
      return problems;
    }
  }

  private List<String> round(Site site, Faults faults, String name, FaultKind kind)
      throws SQLException, InterruptedException {
    if (kind != FaultKind.REVERTED) {
      askForConsent(site);
    }
    String what;
    try {
      what = name + ", " + faults.inflict(kind);
    } catch (IllegalStateException | LedgerUnavailableException e) {
      return List.of(name + ", " + kind + ": " + e.getMessage());
    }
    site.entries().write(1);
    return settle(site, what);
  }

  private void askForConsent(Site site) {
    byte[] id = new byte[32];
    consents.nextBytes(id);
    tally.asked(ConsentId.of(id));
    tellAgain(site);
  }

  /** Servers that were killed have forgotten what they were asked for. */
  private void tellAgain(Site site) {
    ConsentId newest = tally.consents().get(tally.consents().size() - 1).id();
    site.servers().get(tally.consents().size() % 2).tell("consent " + newest);
  }

  /** Waits until nothing is on its way any more, and compares. */
  private List<String> settle(Site site, String what) throws SQLException, InterruptedException {
    long start = System.nanoTime();
    while (!isAtRest(site)) {
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        return List.of(what + ": does not heal by itself: " + state(site));
      }
      Thread.sleep(100);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    Agreement.Result result = Agreement.check(site, tally);
    report.accept(
        String.format(
            Locale.ROOT,
            "%s; healed in %.1f s; %d leaves, %d heads, %d consents, %d transactions%s",
            what,
            seconds,
            result.leaves(),
            result.heads(),
            tally.consents().size(),
            result.sent(),
            result.problems().isEmpty() ? "" : ", " + result.problems().size() + " PROBLEMS"));
    return result.problems().stream().map(problem -> what + ": " + problem).toList();
  }

  private boolean isAtRest(Site site) throws SQLException {
    if (!site.servers().stream().allMatch(ChainServer::isAlive)) {
      return false;
    }
    if (!tally.consents().isEmpty()) {
      tellAgain(site);
    }
    return waiting(site) == 0 && inFlight(site) == 0 && consentsStand(site);
  }

  private static long waiting(Site site) throws SQLException {
    return site.entries().written()
        - site.number(
            "SELECT COALESCE(MAX(tree_size), 0) FROM sillok_checkpoint WHERE receipt IS NOT NULL");
  }

  private static long inFlight(Site site) throws SQLException {
    return site.number("SELECT COUNT(*) FROM sillok_chain_transaction WHERE state = 'PENDING'");
  }

  private boolean consentsStand(Site site) {
    try {
      return tally.consents().isEmpty()
          || site.members()
              .consents()
              .consent(tally.consents().get(tally.consents().size() - 1))
              .isPresent();
    } catch (LedgerUnavailableException e) {
      return false;
    }
  }

  private String state(Site site) throws SQLException {
    return waiting(site)
        + " entries not anchored, "
        + inFlight(site)
        + " transactions in flight, servers alive: "
        + site.servers().stream().filter(ChainServer::isAlive).toList()
        + "; see the logs in "
        + directory;
  }
}
