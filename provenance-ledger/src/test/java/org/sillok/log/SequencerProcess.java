package org.sillok.log;

import java.io.File;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A server of its own that does nothing but give places: what integration tests start and kill. */
final class SequencerProcess {

  static final int HALTED = 99;

  private SequencerProcess() {}

  /**
   * @param arguments database URL, batch size, and the step at which the process halts (it ends if
   *     nothing is left to do before), or 0 to go on until it is killed
   */
  public static void main(String[] arguments) throws Exception {
    DataSource database = open(arguments[0]);
    int batchSize = Integer.parseInt(arguments[1]);
    int haltAt = Integer.parseInt(arguments[2]);
    AtomicInteger steps = new AtomicInteger();
    StepTrap trapped =
        new StepTrap(
            database,
            step -> {
              if (steps.incrementAndGet() == haltAt) {
                Runtime.getRuntime().halt(HALTED);
              }
            });
    Sequencer sequencer = LogFixture.sequencer(trapped, batchSize);
    if (haltAt > 0) {
      LogFixture.drain(sequencer);
      return;
    }
    while (true) {
      try {
        sequencer.runOnce();
      } catch (LogStoreException e) {
        if (e.getCause() instanceof SQLException sql && !isLockTimeout(sql)) {
          throw e;
        }
      }
      Thread.sleep(1);
    }
  }

  /** H2 gives up waiting for a row lock after a while. */
  private static boolean isLockTimeout(SQLException e) {
    return e.getErrorCode() == 50200;
  }

  static DataSource open(String url) {
    if (url.startsWith("jdbc:h2:")) {
      return LogFixture.h2(url);
    }
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(url);
    return database;
  }

  static Process start(String url, int batchSize, int haltAt) throws IOException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
    command.addAll(List.of(classPath, SequencerProcess.class.getName(), url));
    command.addAll(List.of(Integer.toString(batchSize), Integer.toString(haltAt)));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
