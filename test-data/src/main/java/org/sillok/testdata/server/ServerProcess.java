package org.sillok.testdata.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server in a process of its own, which never outlives this JVM unless {@link #leave} says so.
 * Threads may share it.
 */
public final class ServerProcess implements AutoCloseable {

  /** Generous: on a busy machine a start that takes 20 seconds otherwise takes many minutes. */
  private static final Duration START = Duration.ofMinutes(15);

  private final Process process;
  private final Thread atExit;
  private final URI base;
  private final Path log;

  private ServerProcess(Process process, URI base, Path log) {
    this.process = process;
    this.base = base;
    this.log = log;
    this.atExit = new Thread(this::end, "end-server");
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /**
   * Starts a server and returns at once; what it prints is appended to {@code log}.
   *
   * @throws UncheckedIOException if Java cannot be run or the log not be written
   */
  public static ServerProcess start(ServerSettings settings, Path log) {
    List<String> command = new ArrayList<>();
    command.add(java());
    command.addAll(settings.arguments());
    try {
      Files.createDirectories(log.toAbsolutePath().getParent());
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      return new ServerProcess(process, URI.create("http://localhost:" + settings.port()), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The {@code java} of this JVM, or the one that {@code ./sillok} chose. */
  public static String java() {
    return System.getProperty(
        "sillok.java", Path.of(System.getProperty("java.home"), "bin", "java").toString());
  }

  /** {@code http://localhost:PORT}; FHIR is at {@code /fhir} below it. */
  public URI base() {
    return base;
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /**
   * What the process said when it ended.
   *
   * @throws IllegalThreadStateException if it is alive
   */
  public int exitStatus() {
    return process.exitValue();
  }

  /** A client of this server; each has connections of its own. */
  public FhirClient client() {
    return new FhirClient(base);
  }

  /**
   * Waits until the server is ready for requests.
   *
   * @throws IllegalStateException if it ends before that or takes a quarter of an hour; the message
   *     has the end of its log
   */
  public void awaitReady() throws InterruptedException {
    FhirClient client = client();
    long end = System.nanoTime() + START.toNanos();
    while (!client.isReady()) {
      if (!process.isAlive()) {
        throw new IllegalStateException("the server ended while starting:\n" + endOf(log));
      }
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            "the server was not ready after " + START + ":\n" + endOf(log));
      }
      Thread.sleep(200);
    }
  }

  /** CPU time that the process has used up to now. */
  public CpuTimes cpu() {
    return CpuTimes.of(process.toHandle());
  }

  /** Ends the process at once, as {@code kill -9} does, and waits until it is gone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
    forget();
  }

  /** Lets the server live on after this JVM. */
  public void leave() {
    forget();
  }

  /** Waits until the server ends by itself or is ended from outside. */
  public void join() throws InterruptedException {
    process.waitFor();
  }

  /** Asks the server to end, and kills it if it takes longer than 20 seconds. */
  @Override
  public void close() {
    end();
    forget();
  }

  private void end() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void forget() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException shuttingDown) {
      // Then the hook runs, and finds the process gone.
    }
  }

  /** The last lines of a server's log. */
  public static String endOf(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
    } catch (IOException e) {
      return "(" + log + " cannot be read)";
    }
  }
}
