package org.sillok.log;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A named daemon thread that does one thing again and again, with a rest of the interval in
 * between. What the task throws is logged, once until it succeeds again, and the loop goes on.
 * Thread-safe.
 */
public final class BackgroundLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BackgroundLoop.class);
  private static final long CLOSE_WITHIN_MILLIS = 10_000;

  private final String name;
  private final Duration interval;
  private final Runnable task;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition wake = lock.newCondition();
  private boolean closed;
  private boolean failing;
  private @Nullable Thread thread;

  public BackgroundLoop(String name, Duration interval, Runnable task) {
    if (interval.isNegative() || interval.isZero()) {
      throw new IllegalArgumentException("interval: more than nothing, got " + interval);
    }
    this.name = name;
    this.interval = interval;
    this.task = task;
  }

  /** Begins at once. Does nothing if it was started or closed before. */
  public void start() {
    lock.lock();
    try {
      if (thread == null && !closed) {
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets the present round end, for at most ten seconds. The thread is not interrupted: a database
   * in this process might take its file for broken.
   */
  @Override
  public void close() {
    Thread running;
    lock.lock();
    try {
      closed = true;
      wake.signalAll();
      running = thread;
    } finally {
      lock.unlock();
    }
    if (running != null && running != Thread.currentThread()) {
      join(running);
    }
  }

  private void join(Thread running) {
    try {
      running.join(CLOSE_WITHIN_MILLIS);
      if (running.isAlive()) {
        LOG.warn("{} is still busy and is left behind", name);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!isClosed()) {
      round();
      await();
    }
  }

  private void round() {
    try {
      task.run();
      failing = false;
    } catch (RuntimeException | Error e) {
      // An Error may pass (a lack of memory); a loop that ended would be missed by nobody.
      if (!failing) {
        LOG.warn("{} failed and tries again every {}", name, interval, e);
      }
      failing = true;
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  private void await() {
    lock.lock();
    try {
      long nanos = interval.toNanos();
      while (!closed && nanos > 0) {
        nanos = wake.awaitNanos(nanos);
      }
    } catch (InterruptedException e) {
      closed = true;
    } finally {
      lock.unlock();
    }
  }
}
