package org.sillok.testdata.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Keeps the embedded ledger of a running server from taking anything, by a lock on its newest
 * block: whoever publishes waits, and fails. For one thread.
 */
final class BlockedLedger implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /**
   * What happened when the ledger was there again.
   *
   * @param leaves that had to wait for it
   * @param checkpoints accepted for them
   * @param after how long it took from the end of the blockade
   */
  record CatchUp(long leaves, long checkpoints, Duration after) {}

  private record Anchored(long leaves, long checkpoints) {}

  private final Connection lock;

  /**
   * @param url of a database that may be opened while the server runs
   */
  BlockedLedger(String url) throws SQLException {
    lock = DriverManager.getConnection(url, "sa", "");
    lock.setAutoCommit(false);
    boolean blocked = false;
    for (int attempt = 0; !blocked; attempt++) {
      blocked = tryLock(attempt);
    }
  }

  private boolean tryLock(int attempt) throws SQLException {
    try (Statement statement = lock.createStatement()) {
      statement.executeQuery("SELECT id FROM sillok_ledger_head FOR UPDATE").close();
      return true;
    } catch (SQLTimeoutException e) {
      if (attempt > 10) {
        throw e;
      }
      return false;
    }
  }

  /** Lets go, and waits until all leaves of the log are anchored. */
  CatchUp release() throws SQLException, InterruptedException {
    Anchored before = anchored();
    lock.commit();
    long start = System.nanoTime();
    long leaves = leaves();
    Anchored now = anchored();
    while (now.leaves < leaves) {
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new IllegalStateException(
            "of " + leaves + " leaves only " + now.leaves + " were anchored after " + PATIENCE);
      }
      Thread.sleep(100);
      now = anchored();
    }
    return new CatchUp(
        leaves - before.leaves,
        now.checkpoints - before.checkpoints,
        Duration.ofNanos(System.nanoTime() - start));
  }

  private long leaves() throws SQLException {
    return number("SELECT MAX(tree_size) FROM sillok_log");
  }

  private Anchored anchored() throws SQLException {
    return new Anchored(
        number(
            "SELECT COALESCE(MAX(tree_size), 0) FROM sillok_checkpoint WHERE receipt IS NOT NULL"),
        number("SELECT COUNT(*) FROM sillok_checkpoint WHERE receipt IS NOT NULL"));
  }

  private long number(String sql) throws SQLException {
    try (Statement statement = lock.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Override
  public void close() throws SQLException {
    lock.close();
  }
}
