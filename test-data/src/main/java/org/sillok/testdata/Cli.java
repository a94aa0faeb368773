package org.sillok.testdata;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sillok.testdata.bench.LedgerCommand;
import org.sillok.testdata.bench.LogCommand;
import org.sillok.testdata.bench.WritesCommand;
import org.sillok.testdata.demo.DemoCommand;
import org.sillok.testdata.server.Port;
import org.sillok.testdata.server.Preflight;
import org.sillok.testdata.server.ServerSettings;
import org.sillok.testdata.soak.SoakCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The tools behind {@code ./sillok}. */
@Command(name = "sillok", mixinStandardHelpOptions = true)
final class Cli {

  /** Prints, a line each, what {@code ./sillok serve} puts behind {@code java}. */
  @Command(name = "preflight", description = "Checks that a server can be started", hidden = true)
  int preflight(
      @Option(names = "--port", defaultValue = "8080", converter = Port.class) int port,
      @Option(names = "--data", required = true) Path data,
      @Parameters @Nullable List<String> properties)
      throws Preflight.RefusedException {
    ServerSettings settings =
        new ServerSettings(serverJar(), data, port).in(System.getenv().keySet());
    for (String property : properties == null ? List.<String>of() : properties) {
      settings = settings.with(property);
    }
    Preflight.check(settings);
    settings.arguments().forEach(System.out::println);
    return 0;
  }

  /** The repository's top. */
  private static Path home() {
    return Path.of(System.getProperty("sillok.home", "."));
  }

  private static Path serverJar() {
    return ServerSettings.jarIn(home().resolve("hapi-server/target"));
  }

  public static void main(String[] arguments) {
    CommandLine line =
        new CommandLine(new Cli())
            .addSubcommand(new DemoCommand(home()))
            .addSubcommand(new SoakCommand(home()))
            .addSubcommand(bench())
            .setUsageHelpAutoWidth(true)
            .setParameterExceptionHandler(
                (wrong, given) -> {
                  System.err.println("sillok: " + wrong.getMessage());
                  return 2;
                })
            .setExecutionExceptionHandler(
                (failure, command, result) -> {
                  if (!isExpected(failure)) {
                    failure.printStackTrace();
                  }
                  System.err.println("sillok: " + failure.getMessage());
                  return 1;
                });
    System.exit(line.execute(arguments));
  }

  private static CommandLine bench() {
    return new CommandLine(new Bench())
        .addSubcommand(new WritesCommand(home()))
        .addSubcommand(new LogCommand())
        .addSubcommand(new LedgerCommand(home()));
  }

  /** Only its subcommands do something. */
  @Command(
      name = "bench",
      description = "Measures what Sillok costs",
      synopsisSubcommandLabel = "COMMAND")
  private static final class Bench {}

  /** Failures whose message is all that a person needs. */
  private static boolean isExpected(Exception failure) {
    return failure instanceof Preflight.RefusedException
        || failure instanceof IllegalStateException;
  }
}
