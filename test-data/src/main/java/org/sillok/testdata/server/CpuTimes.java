package org.sillok.testdata.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * CPU time that a server has used, in user and kernel mode, by what its threads are for.
 *
 * @param requests threads that answer HTTP requests
 * @param collector the JVM's garbage collector
 * @param compiler the JVM's compiler
 * @param process everything, threads that have ended included
 */
public record CpuTimes(Duration requests, Duration collector, Duration compiler, Duration process) {

  private enum Purpose {
    REQUESTS,
    COLLECTOR,
    COMPILER,
    OTHER;

    /** By the name that the kernel knows, the first 15 characters of the thread's. */
    static Purpose of(String thread) {
      if (thread.startsWith("http-nio-")) {
        return REQUESTS;
      }
      if (thread.startsWith("G1 ") || thread.startsWith("GC ")) {
        return COLLECTOR;
      }
      return thread.startsWith("C1 Compiler") || thread.startsWith("C2 Compiler")
          ? COMPILER
          : OTHER;
    }
  }

  /**
   * Reads the Linux kernel's books (proc(5), {@code schedstat}).
   *
   * @throws UncheckedIOException if there is no such process, or no Linux
   */
  static CpuTimes of(ProcessHandle process) {
    Map<Purpose, Long> nanos = new EnumMap<>(Purpose.class);
    try {
      for (Path thread : threads(Path.of("/proc", Long.toString(process.pid()), "task"))) {
        add(nanos, thread);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "CPU time by thread is read from Linux's /proc, which cannot be read here", e);
    }
    return new CpuTimes(
        time(nanos, Purpose.REQUESTS),
        time(nanos, Purpose.COLLECTOR),
        time(nanos, Purpose.COMPILER),
        process.info().totalCpuDuration().orElse(Duration.ZERO));
  }

  private static List<Path> threads(Path tasks) throws IOException {
    try (Stream<Path> threads = Files.list(tasks)) {
      return threads.toList();
    }
  }

  private static void add(Map<Purpose, Long> nanos, Path thread) {
    try {
      String name = Files.readString(thread.resolve("comm"));
      String running = Files.readString(thread.resolve("schedstat")).split(" ")[0];
      nanos.merge(Purpose.of(name), Long.parseLong(running), Long::sum);
    } catch (IOException e) {
      // A thread that has ended since it was listed.
      return;
    }
  }

  private static Duration time(Map<Purpose, Long> nanos, Purpose purpose) {
    return Duration.ofNanos(nanos.getOrDefault(purpose, 0L));
  }

  /** What was used between two looks. */
  public CpuTimes minus(CpuTimes earlier) {
    return new CpuTimes(
        requests.minus(earlier.requests),
        collector.minus(earlier.collector),
        compiler.minus(earlier.compiler),
        process.minus(earlier.process));
  }
}
