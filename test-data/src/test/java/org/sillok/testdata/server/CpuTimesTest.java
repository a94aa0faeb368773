package org.sillok.testdata.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class CpuTimesTest {

  private static final Duration WORK = Duration.ofMillis(200);

  private final CountDownLatch done = new CountDownLatch(2);
  private final CountDownLatch read = new CountDownLatch(1);

  @Test
  void countsThreadsThatAnswerRequestsApart() throws Exception {
    CpuTimes before = CpuTimes.of(ProcessHandle.current());
    Thread request = new Thread(this::work, "http-nio-8080-exec-1");
    Thread background = new Thread(this::work, "sillok-sequencer");
    request.start();
    background.start();
    done.await();

    CpuTimes used = CpuTimes.of(ProcessHandle.current()).minus(before);

    read.countDown();
    request.join();
    background.join();
    assertThat(used.requests()).isBetween(WORK, WORK.multipliedBy(2).minusMillis(1));
    assertThat(used.process()).isGreaterThan(used.requests().plus(WORK.dividedBy(2)));
  }

  private void work() {
    var threads = ManagementFactory.getThreadMXBean();
    while (threads.getCurrentThreadCpuTime() < WORK.toNanos()) {
      Thread.onSpinWait();
    }
    done.countDown();
    try {
      read.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
