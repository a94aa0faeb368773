package org.sillok.testdata.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sillok.testdata.console.Terminal;
import org.sillok.testdata.server.Port;
import org.sillok.testdata.server.Preflight;
import org.sillok.testdata.server.ServerSettings;
import org.sillok.testdata.soak.chain.ChainSoak;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Kills a server over and over, or lets everything between two servers and their chain fail, and
 * says whether anything was lost.
 */
@Command(name = "soak", description = "Kills a server over and over under load")
public final class SoakCommand implements Callable<Integer> {

  @Option(names = "--rounds")
  @Nullable Integer rounds;

  @Option(names = "--chain")
  boolean chain;

  @Option(names = "--seed")
  long seed = System.nanoTime() & 0xffff_ffffL;

  @Option(names = "--port", converter = Port.class)
  int port = Preflight.freePort();

  @Option(names = "--data")
  @Nullable Path data;

  private static final int KILLS = 30;
  private static final int FAULTS = 200;

  private final Path repository;
  private final Terminal terminal = Terminal.standard();

  /**
   * @param repository the repository's top
   */
  public SoakCommand(Path repository) {
    this.repository = repository;
  }

  @Override
  public Integer call() throws Exception {
    Path directory = data == null ? fresh() : Files.createDirectories(data);
    return chain ? faults(directory) : kills(directory);
  }

  private int faults(Path directory) throws Exception {
    try (Stream<Path> files = Files.list(directory)) {
      if (files.findAny().isPresent()) {
        throw new IllegalStateException(directory + " is not empty; soak needs an empty directory");
      }
    }
    int faults = rounds == null ? FAULTS : rounds;
    terminal.line("%d faults with seed %d, data in %s", faults, seed, directory);
    return tell(new ChainSoak(directory, seed, line -> terminal.line("%s", line)).run(faults));
  }

  private int kills(Path directory) throws Exception {
    Path jar = ServerSettings.jarIn(repository.resolve("hapi-server/target"));
    ServerSettings settings = new ServerSettings(jar, directory, port);
    Preflight.check(settings);
    if (Files.exists(directory.resolve("h2.mv.db"))) {
      throw new IllegalStateException(
          directory + " has a database already; soak needs an empty directory");
    }
    int kills = rounds == null ? KILLS : rounds;
    terminal.line("%d rounds with seed %d, data in %s", kills, seed, directory);
    return tell(new Soak(settings, seed, line -> terminal.line("%s", line)).run(kills));
  }

  private int tell(List<String> problems) {
    problems.forEach(problem -> terminal.line("PROBLEM: %s", problem));
    terminal.line(problems.isEmpty() ? "All held." : "%d problems.", problems.size());
    return problems.isEmpty() ? 0 : 1;
  }

  private Path fresh() throws IOException {
    Path parent = Files.createDirectories(repository.resolve("target/soak"));
    return Files.createTempDirectory(parent, "run");
  }
}
