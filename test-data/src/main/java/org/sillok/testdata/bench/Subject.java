package org.sillok.testdata.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.sillok.testdata.bench.Workload.Kind;
import org.sillok.testdata.server.CpuTimes;
import org.sillok.testdata.server.FhirClient;
import org.sillok.testdata.server.ServerProcess;

/**
 * One of the servers that are compared, with its clients and what was measured on it. For one
 * thread.
 */
final class Subject {

  private static final int CLIENTS = 4;

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** One metric is read a little after the other, and what one has counted goes to the next. */
  private static final int LOOKS = 4;

  private final Variant variant;
  private final ServerProcess server;
  private final FhirClient client;
  private final Workload workload;
  private CpuTimes begin;
  private Duration requests = Duration.ZERO;
  private long writes;

  /** Stores in the server what the writes refer to. */
  Subject(Variant variant, ServerProcess server) throws IOException, InterruptedException {
    this.variant = variant;
    this.server = server;
    this.client = server.client();
    this.workload = new Workload(client);
    this.begin = server.cpu();
  }

  Variant variant() {
    return variant;
  }

  /** Starts a new measurement. */
  void begin() {
    begin = server.cpu();
    requests = Duration.ZERO;
    writes = 0;
  }

  /** What the slices since {@link #begin} cost, as soon as they are dealt with altogether. */
  CpuCost cost() throws IOException, InterruptedException {
    awaitQuiet();
    CpuTimes used = server.cpu().minus(begin);
    return new CpuCost(writes, requests, used.process().minus(used.compiler()), used.compiler());
  }

  private void awaitQuiet() throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    for (int quiet = 0; quiet < LOOKS; quiet = isQuiet() ? quiet + 1 : 0) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            variant.label() + " has not caught up with what was written after " + PATIENCE);
      }
      Thread.sleep(1000);
    }
  }

  private boolean isQuiet() throws IOException, InterruptedException {
    for (String backlog : variant.backlogs()) {
      if (client
              .getOutsideFhir("/actuator/metrics/" + backlog)
              .orThrow()
              .json()
              .at("/measurements/0/value")
              .asDouble()
          > 0) {
        return false;
      }
    }
    return true;
  }

  /** Writes from all clients for the time of a slice. */
  void slice(Kind kind, Duration length, ExecutorService threads)
      throws IOException, InterruptedException {
    CpuTimes start = server.cpu();
    AtomicLong done = new AtomicLong();
    long end = System.nanoTime() + length.toNanos();
    Callable<Long> client =
        () -> {
          while (System.nanoTime() < end) {
            workload.write(kind);
            done.incrementAndGet();
          }
          return done.get();
        };
    List<Future<Long>> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(threads.submit(client));
    }
    await(clients);
    writes += done.get();
    CpuTimes used = server.cpu().minus(start);
    requests = requests.plus(used.requests()).plus(used.collector());
  }

  private void await(List<Future<Long>> clients) throws IOException, InterruptedException {
    for (Future<Long> client : clients) {
      try {
        client.get();
      } catch (ExecutionException e) {
        throw new IOException("a write to " + variant.label() + " failed", e);
      }
    }
  }
}
