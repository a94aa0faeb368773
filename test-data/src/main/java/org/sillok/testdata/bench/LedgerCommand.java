package org.sillok.testdata.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sillok.testdata.console.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the ledger on a light chain with a block each second. */
@Command(name = "ledger", description = "How fast a ledger on a chain is")
public final class LedgerCommand implements Callable<Integer> {

  /** What can be measured. */
  enum Part {
    ANCHOR,
    HOSPITALS,
    FOLLOW
  }

  private static final Duration BLOCK = Duration.ofSeconds(1);

  @Option(names = "--parts", split = ",")
  Set<Part> parts = EnumSet.allOf(Part.class);

  @Option(names = "--seconds", defaultValue = "300")
  int seconds;

  @Option(names = "--interval", defaultValue = "5")
  int interval;

  @Option(names = "--hospitals", defaultValue = "20")
  int hospitals;

  @Option(names = "--events", defaultValue = "100000")
  int events;

  @Option(names = "--json")
  @Nullable Path json;

  private final Path repository;
  private final Terminal terminal = Terminal.standard();
  private final ObjectNode report = new ObjectMapper().createObjectNode();

  /**
   * @param repository the repository's top
   */
  public LedgerCommand(Path repository) {
    this.repository = repository;
  }

  @Override
  public Integer call() throws IOException, InterruptedException, SQLException {
    Path target = Files.createDirectories(repository.resolve("target"));
    report.put("java", System.getProperty("java.version"));
    report.put("processors", Runtime.getRuntime().availableProcessors());
    if (parts.contains(Part.ANCHOR)) {
      anchor(target);
    }
    if (parts.contains(Part.HOSPITALS)) {
      hospitals();
    }
    if (parts.contains(Part.FOLLOW)) {
      follow();
    }
    Path file = json == null ? target.resolve("bench-ledger.json") : json;
    Files.writeString(file, report.toPrettyString() + "\n");
    terminal.line("Numbers: %s", file);
    return 0;
  }

  private void anchor(Path target) throws IOException, InterruptedException, SQLException {
    Latencies latencies =
        AnchorBench.run(
            Files.createTempDirectory(target, "bench"),
            Duration.ofSeconds(interval),
            seconds,
            terminal.progress("seconds of writing", seconds)::advance);
    long limit = Duration.ofSeconds(interval).plus(BLOCK.multipliedBy(2)).toMillis();
    terminal.line(
        "From commit to receipt: %s of %d entries; interval and two blocks: %.2f s, exceeded by %d",
        latencies, latencies.millis().size(), limit / 1e3, latencies.longerThan(limit));
    ObjectNode node = report.putObject("anchor");
    node.put("seconds", seconds).put("intervalSeconds", interval);
    node.put("entries", latencies.millis().size());
    latencies.addTo(node);
    node.put("limitMillis", limit).put("later", latencies.longerThan(limit));
  }

  private void hospitals() throws InterruptedException {
    long heads = (long) hospitals * (seconds / HospitalsBench.PERIOD_SECONDS);
    HospitalsBench.Result result =
        HospitalsBench.run(hospitals, seconds, terminal.progress("heads", heads)::advance);
    long late = result.publishing().longerThan(HospitalsBench.PERIOD_SECONDS * 1000L);
    terminal.line(
        "%d hospitals, every %d s: %d of %d heads accepted, %d missed, %d later than %d s; published in %s",
        hospitals,
        HospitalsBench.PERIOD_SECONDS,
        result.accepted(),
        result.due(),
        result.missed(),
        late,
        HospitalsBench.PERIOD_SECONDS,
        result.publishing());
    result.failures().forEach(failure -> terminal.line("   %s", failure));
    ObjectNode node = report.putObject("hospitals");
    node.put("hospitals", hospitals).put("seconds", seconds);
    node.put("due", result.due()).put("accepted", result.accepted());
    node.put("missed", result.missed()).put("later", late);
    result.publishing().addTo(node);
    result.failures().forEach(node.putArray("failures")::add);
  }

  private void follow() {
    FollowBench.Result result = FollowBench.run(events);
    terminal.line(
        "%d events in %d blocks followed in %.1f s, at most %d MiB of heap in use; a restart reads them back in %.1f s",
        result.events(),
        result.blocks(),
        result.followed().toMillis() / 1e3,
        result.most(),
        result.readBack().toMillis() / 1e3);
    ObjectNode node = report.putObject("follow");
    node.put("events", result.events()).put("blocks", result.blocks());
    node.put("followMillis", result.followed().toMillis());
    node.put("readBackMillis", result.readBack().toMillis());
    node.put("heapMebibytes", result.most());
  }
}
