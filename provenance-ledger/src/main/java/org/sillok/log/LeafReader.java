package org.sillok.log;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.sillok.merkle.Tile;

/**
 * Reads the entries of consecutive places in chunks, two of them ahead of whoever takes them, each
 * in a thread and on a connection of its own. For one thread.
 */
final class LeafReader implements AutoCloseable {

  private static final int CHUNK = 32 * Tile.WIDTH;
  private static final int AHEAD = 2;

  private final DataSource dataSource;
  private final int log;
  private final long end;
  private final @Nullable EntryMac mac;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          AHEAD,
          task -> {
            Thread thread = new Thread(task, "sillok-audit");
            thread.setDaemon(true);
            return thread;
          });
  private final Deque<CompletableFuture<LeafChunk>> ahead = new ArrayDeque<>();
  private long next;

  /**
   * @param mac to look at more than the hashes
   */
  LeafReader(DataSource dataSource, int log, long first, long end, @Nullable EntryMac mac) {
    this.dataSource = dataSource;
    this.log = log;
    this.next = first;
    this.end = end;
    this.mac = mac;
    for (int i = 0; i < AHEAD; i++) {
      begin();
    }
  }

  private void begin() {
    if (next < end) {
      long first = next;
      next = Math.min(end, first + CHUNK);
      long last = next;
      ahead.add(CompletableFuture.supplyAsync(() -> read(first, last), threads));
    }
  }

  private LeafChunk read(long first, long last) {
    try (Connection connection = dataSource.getConnection()) {
      return new LeafChunk(connection, log, first, last, mac);
    } catch (SQLException e) {
      throw new LogStoreException("the entries could not be read", e);
    }
  }

  boolean hasNext() {
    return !ahead.isEmpty();
  }

  LeafChunk next() {
    try {
      LeafChunk chunk = ahead.remove().join();
      begin();
      return chunk;
    } catch (CompletionException e) {
      throw e.getCause() instanceof LogStoreException trouble ? trouble : e;
    }
  }

  /** Lets what was begun end by itself: a database in this process takes interrupting badly. */
  @Override
  public void close() {
    threads.shutdown();
  }
}
