package org.sillok.testdata.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sillok.testdata.bench.BlockedLedger.CatchUp;
import org.sillok.testdata.bench.Workload.Kind;
import org.sillok.testdata.console.Terminal;
import org.sillok.testdata.server.Preflight;
import org.sillok.testdata.server.ServerProcess;
import org.sillok.testdata.server.ServerSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares writes on plain HAPI with writes on Sillok. */
@Command(name = "writes", description = "What Sillok costs per write, against plain HAPI")
public final class WritesCommand implements Callable<Integer> {

  @Option(names = "--rounds", defaultValue = "3")
  int rounds;

  @Option(names = "--warmup", defaultValue = "180")
  int warmup;

  @Option(names = "--seconds", defaultValue = "20")
  int seconds;

  @Option(names = "--variants", split = ",")
  Set<Variant> variants = EnumSet.allOf(Variant.class);

  @Option(names = "--json")
  @Nullable Path json;

  /** A compiler thread that ends would take what it has used out of the books. */
  private static final List<String> JVM =
      List.of("-Xms1g", "-Xmx1g", "-XX:+UseG1GC", "-XX:-UseDynamicNumberOfCompilerThreads");

  private final Path repository;
  private final Terminal terminal = Terminal.standard();

  /**
   * @param repository the repository's top
   */
  public WritesCommand(Path repository) {
    this.repository = repository;
  }

  @Override
  public Integer call() throws IOException, InterruptedException, SQLException {
    Path target = Files.createDirectories(repository.resolve("target"));
    Path data = Files.createTempDirectory(target, "bench");
    Map<Variant, ServerSettings> compared = new EnumMap<>(Variant.class);
    Arrays.stream(Variant.values())
        .filter(variant -> variant == Variant.PLAIN || variants.contains(variant))
        .forEach(variant -> compared.put(variant, settings(variant, data)));
    List<ServerProcess> servers = new ArrayList<>();
    try {
      List<Subject> subjects = new ArrayList<>();
      for (Map.Entry<Variant, ServerSettings> each : compared.entrySet()) {
        terminal.line("Starting %s", each.getKey().label());
        ServerProcess server =
            ServerProcess.start(each.getValue(), data.resolve(each.getKey() + ".log"));
        servers.add(server);
        server.awaitReady();
        subjects.add(new Subject(each.getKey(), server));
      }
      report(subjects, Optional.ofNullable(compared.get(Variant.BLOCKED)), target);
    } finally {
      servers.forEach(ServerProcess::close);
    }
    return 0;
  }

  private void report(List<Subject> subjects, Optional<ServerSettings> blocked, Path target)
      throws IOException, InterruptedException, SQLException {
    if (blocked.isEmpty()) {
      write(measure(subjects), Optional.empty(), target);
      return;
    }
    try (BlockedLedger ledger = new BlockedLedger(blocked.get().database())) {
      BenchReport report = measure(subjects);
      write(report, Optional.of(ledger.release()), target);
    }
  }

  private void write(BenchReport report, Optional<CatchUp> catchUp, Path target)
      throws IOException {
    Path file = json == null ? target.resolve("bench-writes.json") : json;
    Files.writeString(file, report.json(catchUp));
    report.table().forEach(line -> terminal.line("%s", line));
    catchUp.ifPresent(
        caught ->
            terminal.line(
                "Blocked until now, the ledger took %d leaves with %d checkpoint(s) in %.1f s",
                caught.leaves(), caught.checkpoints(), caught.after().toMillis() / 1e3));
    terminal.line("Numbers of each round: %s", file);
  }

  /** The same for all, up to the variant's properties. */
  private ServerSettings settings(Variant variant, Path data) {
    Path own = data.resolve(variant.name().toLowerCase(Locale.ROOT));
    Path jar = ServerSettings.jarIn(repository.resolve("hapi-server/target"));
    ServerSettings settings =
        new ServerSettings(jar, own, Preflight.freePort()).withSharedDatabase();
    for (String argument : JVM) {
      settings = settings.withJvm(argument);
    }
    for (String property : variant.properties()) {
      settings = settings.with(property);
    }
    return settings;
  }

  private BenchReport measure(List<Subject> subjects) throws IOException, InterruptedException {
    List<Map<Kind, Map<Variant, CpuCost>>> measured = new ArrayList<>();
    try (WriteBench bench = new WriteBench(subjects)) {
      bench.warmUp(
          Duration.ofSeconds(warmup),
          terminal.progress("seconds of warm-up", (long) warmup * subjects.size())::advance);
      long perRound = (long) seconds * subjects.size() * Kind.values().length;
      for (int round = 1; round <= rounds; round++) {
        measured.add(
            bench.round(
                Duration.ofSeconds(seconds),
                terminal.progress("seconds of round " + round, perRound)::advance));
      }
    }
    return new BenchReport(subjects.stream().map(Subject::variant).toList(), measured);
  }
}
