package org.sillok.testdata.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongConsumer;
import org.sillok.testdata.bench.Workload.Kind;

/**
 * Measures CPU time per write on servers that run side by side, in short slices that go round from
 * server to server, so that whatever else the machine does meets all of them. A server's background
 * work of one slice is done while another has its slice, which that one feels: so each round of
 * slices has an order of its own.
 */
final class WriteBench implements AutoCloseable {

  private static final Duration SLICE = Duration.ofSeconds(5);

  private static final int SEED = 1592;

  private final List<Subject> subjects;
  private final Random random = new Random(SEED);
  private final ExecutorService threads = Executors.newCachedThreadPool();

  WriteBench(List<Subject> subjects) {
    this.subjects = List.copyOf(subjects);
  }

  /**
   * Loads each server with all kinds of writes for {@code each}.
   *
   * @param progress takes the seconds of load that were done
   */
  void warmUp(Duration each, LongConsumer progress) throws IOException, InterruptedException {
    Kind[] kinds = Kind.values();
    for (int slice = 0; slice < slices(each); slice++) {
      goRound(kinds[slice % kinds.length], progress);
    }
  }

  /** Measures each kind of write on each server for {@code each}. */
  Map<Kind, Map<Variant, CpuCost>> round(Duration each, LongConsumer progress)
      throws IOException, InterruptedException {
    Map<Kind, Map<Variant, CpuCost>> costs = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      subjects.forEach(Subject::begin);
      for (int slice = 0; slice < slices(each); slice++) {
        goRound(kind, progress);
      }
      Map<Variant, CpuCost> costsOfKind = new EnumMap<>(Variant.class);
      for (Subject subject : subjects) {
        costsOfKind.put(subject.variant(), subject.cost());
      }
      costs.put(kind, costsOfKind);
    }
    return costs;
  }

  private void goRound(Kind kind, LongConsumer progress) throws IOException, InterruptedException {
    List<Subject> order = new ArrayList<>(subjects);
    Collections.shuffle(order, random);
    for (Subject subject : order) {
      subject.slice(kind, SLICE, threads);
      progress.accept(SLICE.toSeconds());
    }
  }

  private static int slices(Duration time) {
    return (int) Math.max(1, time.toSeconds() / SLICE.toSeconds());
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
