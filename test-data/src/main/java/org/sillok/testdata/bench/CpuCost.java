package org.sillok.testdata.bench;

import java.time.Duration;

/**
 * What a number of writes cost a server in CPU time.
 *
 * @param requests from the first request until the last answer, with what ran in the background
 *     meanwhile
 * @param all until the next measurement of the same server, when sequencing and anchoring have
 *     caught up
 */
record CpuCost(long writes, Duration requests, Duration all) {

  static final CpuCost NONE = new CpuCost(0, Duration.ZERO, Duration.ZERO);

  double requestMillis() {
    return requests.toNanos() / 1e6 / writes;
  }

  double allMillis() {
    return all.toNanos() / 1e6 / writes;
  }
}
