package org.sillok.testdata.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sillok.testdata.console.Terminal;
import org.sillok.testdata.server.Port;
import org.sillok.testdata.server.Preflight;
import org.sillok.testdata.server.ServerProcess;
import org.sillok.testdata.server.ServerSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tells the story, and leaves the server to the reader. */
@Command(name = "demo", description = "Shows what Sillok does")
public final class DemoCommand implements Callable<Integer> {

  /** Says that a directory was made by a demo, which may throw away what is in it. */
  private static final String MARK = "sillok-demo";

  @Option(names = "--port", defaultValue = "8080", converter = Port.class)
  int port;

  @Option(names = "--data", defaultValue = "./data/demo")
  Path data = Path.of("data", "demo");

  @Option(names = "--exit")
  boolean exit;

  @Option(names = "--besu")
  boolean besu;

  @Option(names = "--rpc")
  @Nullable URI rpc;

  private final Path repository;
  private final Terminal terminal = Terminal.standard();

  /**
   * @param repository the repository's top
   */
  public DemoCommand(Path repository) {
    this.repository = repository;
  }

  @Override
  public Integer call() throws Exception {
    if (rpc != null && !besu) {
      throw new IllegalStateException("--rpc goes with --besu");
    }
    if (besu) {
      return consortium();
    }
    Path jar = ServerSettings.jarIn(repository.resolve("hapi-server/target"));
    ServerSettings settings = new ServerSettings(jar, data, port).withSharedDatabase();
    Preflight.check(settings);
    empty(settings.data());
    Path log = settings.data().resolve("server.log");
    terminal.step("A HAPI FHIR server with Sillok starts; what it says goes to " + log);
    try (ServerProcess server = ServerProcess.start(settings, log)) {
      new Story(terminal, repository, settings, server).tell();
      if (!exit) {
        terminal.line("%nThe server goes on running; Ctrl-C ends it.");
        server.join();
      }
    }
    return 0;
  }

  private Integer consortium() throws Exception {
    Files.createDirectories(data);
    empty(data.toAbsolutePath());
    Path whole = data.toAbsolutePath();
    try (DemoChain chain = rpc == null ? DemoChain.start(repository, whole) : DemoChain.at(rpc);
        ConsortiumStory story = new ConsortiumStory(terminal, repository, whole, chain, port)) {
      story.tell();
      if (!exit) {
        terminal.line("%nBoth servers and the chain go on running; Ctrl-C ends them.");
        story.join();
      }
    }
    return 0;
  }

  /** Removes what an earlier demo left; nothing else is ever removed. */
  private static void empty(Path data) throws IOException {
    List<Path> left;
    try (Stream<Path> files = Files.walk(data)) {
      left = files.sorted(Comparator.reverseOrder()).toList();
    }
    if (left.size() > 1 && !Files.exists(data.resolve(MARK))) {
      throw new IllegalStateException(
          data
              + " is not empty and not from an earlier demo; choose another directory with --data");
    }
    for (Path file : left) {
      if (!file.equals(data)) {
        Files.delete(file);
      }
    }
    Files.createFile(data.resolve(MARK));
  }
}
