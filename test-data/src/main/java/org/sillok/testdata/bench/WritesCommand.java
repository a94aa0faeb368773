package org.sillok.testdata.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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

  @Option(names = "--json")
  @Nullable Path json;

  private final Path repository;
  private final Terminal terminal = Terminal.standard();

  /**
   * @param repository the repository's top
   */
  public WritesCommand(Path repository) {
    this.repository = repository;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path target = Files.createDirectories(repository.resolve("target"));
    Path data = Files.createTempDirectory(target, "bench");
    List<ServerProcess> servers = new ArrayList<>();
    try {
      List<Subject> subjects = new ArrayList<>();
      for (Variant variant : Variant.values()) {
        terminal.line("Starting %s", variant.label());
        ServerProcess server = start(variant, data);
        servers.add(server);
        server.awaitReady();
        subjects.add(new Subject(variant, server));
      }
      BenchReport report = new BenchReport(measure(subjects));
      Path file = json == null ? target.resolve("bench-writes.json") : json;
      Files.writeString(file, report.json());
      report.table().forEach(line -> terminal.line("%s", line));
      terminal.line("Numbers of each round: %s", file);
    } finally {
      servers.forEach(ServerProcess::close);
    }
    return 0;
  }

  private ServerProcess start(Variant variant, Path data) {
    Path own = data.resolve(variant.name().toLowerCase(Locale.ROOT));
    Path jar = ServerSettings.jarIn(repository.resolve("hapi-server/target"));
    ServerSettings settings =
        new ServerSettings(jar, own, Preflight.freePort()).withJvm("-Xms1g").withJvm("-Xmx1g");
    for (String property : variant.properties()) {
      settings = settings.with(property);
    }
    return ServerProcess.start(settings, own.resolve("server.log"));
  }

  private List<Map<Kind, Map<Variant, CpuCost>>> measure(List<Subject> subjects)
      throws IOException, InterruptedException {
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
    return measured;
  }
}
