package org.sillok.testdata.bench;

import java.time.Duration;

/**
 * What a number of writes cost a server in CPU time, the JVM's compiler left out.
 *
 * @param requests of the threads that answer requests, and of the garbage collector while they did
 * @param all of the whole process, until the next measurement of the same server, when sequencing
 *     and anchoring have caught up
 * @param compiler of the JVM's compiler meanwhile: large as long as the server is not warm
 */
record CpuCost(long writes, Duration requests, Duration all, Duration compiler) {

  static final CpuCost NONE = new CpuCost(0, Duration.ZERO, Duration.ZERO, Duration.ZERO);

  double requestMillis() {
    return millis(requests);
  }

  double allMillis() {
    return millis(all);
  }

  double compilerMillis() {
    return millis(compiler);
  }

  private double millis(Duration time) {
    return time.toNanos() / 1e6 / writes;
  }
}
