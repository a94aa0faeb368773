package org.sillok.testdata.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that {@code ./sillok bench ledger} does, small; how fast it is is not asserted. */
class LedgerBenchIT {

  @TempDir Path data;

  @Test
  void everyEntryIsMeasuredFromCommitToReceipt() throws Exception {
    AtomicLong seconds = new AtomicLong();
    Latencies latencies =
        AnchorBench.run(data.resolve("keys"), Duration.ofSeconds(1), 4, seconds::addAndGet);
    assertThat(latencies.millis()).hasSizeGreaterThan(10).allMatch(millis -> millis > 0);
    assertThat(seconds.get()).isGreaterThanOrEqualTo(4);
  }

  @Test
  void everyHeadOfMoreHospitalsThanOneDeploymentHoldsIsOnTheChain() throws Exception {
    HospitalsBench.Result result = HospitalsBench.run(12, 4, heads -> {});
    assertThat(result.failures()).isEmpty();
    assertThat(result.due()).isEqualTo(24);
    assertThat(result.accepted()).isEqualTo(24);
    assertThat(result.publishing().millis()).hasSize(24);
  }

  @Test
  void everyEventIsFollowed() {
    FollowBench.Result result = FollowBench.run(1200);
    assertThat(result.events()).isEqualTo(1200);
    assertThat(result.most()).isPositive();
  }
}
