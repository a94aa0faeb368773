package org.sillok.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Work on a connection of its own, which is handed back as it came. */
public final class Transaction {

  /** What is done with the connection; it neither commits nor rolls back. */
  @FunctionalInterface
  public interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  private Transaction() {}

  /**
   * Commits when {@code work} returns, rolls back when it throws. Sees what others have committed,
   * statement by statement.
   */
  public static <T> T run(DataSource dataSource, Work<T> work) throws SQLException {
    return with(
        dataSource,
        any -> Connection.TRANSACTION_READ_COMMITTED,
        connection -> {
          T result = work.on(connection);
          connection.commit();
          return result;
        });
  }

  /** Reads one state of the whole database, and changes nothing. */
  public static <T> T snapshot(DataSource dataSource, Work<T> reads) throws SQLException {
    return with(dataSource, Transaction::snapshotIsolation, reads);
  }

  /**
   * H2's repeatable read would see each table as it was when it was first read. Elsewhere it is one
   * snapshot, and serializable would only keep count of what was read, and might fail for it.
   */
  private static int snapshotIsolation(Connection connection) throws SQLException {
    return "H2".equals(connection.getMetaData().getDatabaseProductName())
        ? Connection.TRANSACTION_SERIALIZABLE
        : Connection.TRANSACTION_REPEATABLE_READ;
  }

  private static <T> T with(DataSource dataSource, Work<Integer> isolation, Work<T> work)
      throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      boolean autoCommit = connection.getAutoCommit();
      int before = connection.getTransactionIsolation();
      connection.setTransactionIsolation(isolation.on(connection));
      connection.setAutoCommit(false);
      T result;
      try {
        result = work.on(connection);
      } catch (SQLException | RuntimeException | Error e) {
        restore(connection, before, autoCommit, e);
        throw e;
      }
      restore(connection, before, autoCommit);
      return result;
    }
  }

  private static void restore(
      Connection connection, int isolation, boolean autoCommit, Throwable reason) {
    try {
      restore(connection, isolation, autoCommit);
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }

  /** Rolls back whatever was not committed. */
  private static void restore(Connection connection, int isolation, boolean autoCommit)
      throws SQLException {
    connection.rollback();
    connection.setTransactionIsolation(isolation);
    connection.setAutoCommit(autoCommit);
  }
}
