package org.sillok.testdata.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sillok.testdata.console.Terminal;
import org.sillok.testdata.server.Port;
import org.sillok.testdata.server.Preflight;
import org.sillok.testdata.server.ServerSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Kills a server over and over, and says whether anything was lost. */
@Command(name = "soak", description = "Kills a server over and over under load")
public final class SoakCommand implements Callable<Integer> {

  @Option(names = "--rounds", defaultValue = "30")
  int rounds;

  @Option(names = "--seed")
  long seed = System.nanoTime() & 0xffff_ffffL;

  @Option(names = "--port", converter = Port.class)
  int port = Preflight.freePort();

  @Option(names = "--data")
  @Nullable Path data;

  private final Path repository;

  /**
   * @param repository the repository's top
   */
  public SoakCommand(Path repository) {
    this.repository = repository;
  }

  @Override
  public Integer call() throws Exception {
    Path directory = data == null ? fresh() : data;
    Path jar = ServerSettings.jarIn(repository.resolve("hapi-server/target"));
    ServerSettings settings = new ServerSettings(jar, directory, port);
    Preflight.check(settings);
    if (Files.exists(directory.resolve("h2.mv.db"))) {
      throw new IllegalStateException(
          directory + " has a database already; soak needs an empty directory");
    }
    Terminal terminal = Terminal.standard();
    terminal.line("%d rounds with seed %d, data in %s", rounds, seed, directory);
    List<String> problems = new Soak(settings, seed, line -> terminal.line("%s", line)).run(rounds);
    problems.forEach(problem -> terminal.line("PROBLEM: %s", problem));
    terminal.line(problems.isEmpty() ? "All held." : "%d problems.", problems.size());
    return problems.isEmpty() ? 0 : 1;
  }

  private Path fresh() throws IOException {
    Path parent = Files.createDirectories(repository.resolve("target/soak"));
    return Files.createTempDirectory(parent, "run");
  }
}
