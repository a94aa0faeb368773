package org.sillok.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConcurrentWritesIT extends RunningServer {

  private static final int THREADS = 16;
  private static final int WRITES = 12;

  @Test
  void sixteenThreadsOnFourResourcesKeepTheOrderOfVersions() throws Exception {
    IntStream.range(0, 4)
        .forEach(i -> put("Patient/hot" + i, patient("hot" + i, "start")).expect(201));
    AtomicInteger refused = new AtomicInteger();
    List<Callable<Void>> writers = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      Random random = new Random(thread);
      int number = thread;
      writers.add(
          () -> {
            for (int i = 0; i < WRITES; i++) {
              String id = "hot" + random.nextInt(4);
              int status = put("Patient/" + id, patient(id, "t" + number + "-" + i)).status();
              assertThat(status).isIn(200, 409, 412);
              refused.addAndGet(status == 200 ? 0 : 1);
            }
            return null;
          });
    }
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      for (Future<Void> done : pool.invokeAll(writers)) {
        done.get();
      }
    } finally {
      pool.shutdown();
    }

    int versions = 0;
    for (int i = 0; i < 4; i++) {
      List<Integer> inOrder =
          entriesOf("Patient", "hot" + i).stream()
              .map(row -> Integer.valueOf(row.text("version")))
              .toList();
      assertThat(inOrder)
          .containsExactlyElementsOf(IntStream.rangeClosed(1, inOrder.size()).boxed().toList());
      versions += inOrder.size();
    }
    assertThat(versions).isEqualTo(4 + THREADS * WRITES - refused.get());
    assertLogAndDatabaseAgree();
    assertEveryCommitmentMatches();
  }
}
