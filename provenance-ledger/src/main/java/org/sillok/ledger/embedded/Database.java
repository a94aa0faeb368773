package org.sillok.ledger.embedded;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.sillok.ledger.LedgerUnavailableException;

/** Work in one transaction of its own, on a connection of its own. */
final class Database {

  /** Commits when it returns, rolls back when it throws. */
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  private final DataSource dataSource;

  Database(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Sees what others have committed, statement by statement. */
  <T> T transaction(Work<T> work) {
    return run(Connection.TRANSACTION_READ_COMMITTED, work);
  }

  /**
   * Sees one state of the whole database. H2's repeatable read would see each table as it was when
   * it was first read.
   */
  <T> T snapshot(Work<T> work) {
    return run(Connection.TRANSACTION_SERIALIZABLE, work);
  }

  private <T> T run(int isolation, Work<T> work) {
    try (Connection connection = dataSource.getConnection()) {
      int before = connection.getTransactionIsolation();
      connection.setTransactionIsolation(isolation);
      connection.setAutoCommit(false);
      try {
        T result = work.on(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException | Error e) {
        rollBack(connection, e);
        throw e;
      } finally {
        connection.setAutoCommit(true);
        connection.setTransactionIsolation(before);
      }
    } catch (SQLException e) {
      throw new LedgerUnavailableException("the ledger's database: " + e.getMessage(), e);
    }
  }

  private static void rollBack(Connection connection, Throwable reason) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }
}
