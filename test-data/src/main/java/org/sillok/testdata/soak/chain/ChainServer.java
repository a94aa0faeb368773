package org.sillok.testdata.soak.chain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.sillok.faults.FaultProxy;
import org.sillok.testdata.server.ServerProcess;

/** A {@link ServerMain} and its line to the chain. Threads may share it. */
final class ChainServer implements AutoCloseable {

  private final String name;
  private final Path directory;
  private final String database;
  private final FaultProxy line;
  private volatile Process process;

  /** Starts it. What it says goes to {@code NAME.log} in the directory. */
  ChainServer(String name, Path directory, String database, FaultProxy line) {
    this.name = name;
    this.directory = directory;
    this.database = database;
    this.line = line;
    this.process = launch();
    // Its input ends with this JVM, and so does it, unless it stands still.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> process.destroyForcibly()));
  }

  private Process launch() {
    try {
      return new ProcessBuilder(
              ServerProcess.java(),
              "-Xmx160m",
              "-XX:+UseSerialGC",
              "-XX:TieredStopAtLevel=1",
              "-cp",
              System.getProperty("java.class.path"),
              ServerMain.class.getName(),
              directory.toString(),
              database,
              line.url().toString())
          .redirectErrorStream(true)
          .redirectOutput(
              ProcessBuilder.Redirect.appendTo(directory.resolve(name + ".log").toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  FaultProxy line() {
    return line;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Says something to it, if it lives. */
  void tell(String order) {
    try {
      process.getOutputStream().write((order + "\n").getBytes(UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      // It is dead, and forgets what it was told anyway.
    }
  }

  /** As kill -9 does it; dead when this returns. */
  void kill() {
    process.destroyForcibly();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException(name + " survives kill -9");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** As a service manager does it. */
  void restartIfDead() {
    if (!process.isAlive()) {
      process = launch();
    }
  }

  /** It stands still, with everything that it holds. */
  void freeze() {
    signal("STOP");
  }

  void thaw() {
    signal("CONT");
  }

  private void signal(String signal) {
    try {
      new ProcessBuilder(List.of("kill", "-" + signal, "" + process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String toString() {
    return name;
  }

  @Override
  public void close() {
    kill();
    line.close();
  }
}
