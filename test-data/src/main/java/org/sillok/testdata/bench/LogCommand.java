package org.sillok.testdata.bench;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the log without a server. */
@Command(name = "log", description = "How fast the log itself is")
public final class LogCommand implements Callable<Integer> {

  @Option(names = "--entries", defaultValue = "1000000")
  int entries;

  @Override
  public Integer call() {
    LogBench.run(System.out, entries);
    return 0;
  }
}
