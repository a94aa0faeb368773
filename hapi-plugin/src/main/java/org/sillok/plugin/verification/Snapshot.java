package org.sillok.plugin.verification;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * One state of the database, seen through a connection of its own: a version and its entry, which
 * are written in one transaction, are always both seen or both not.
 */
final class Snapshot {

  private final DataSource database;

  Snapshot(DataSource database) {
    this.database = database;
  }

  <T> T read(Query<T> query) {
    try (Connection connection = database.getConnection()) {
      boolean autoCommit = connection.getAutoCommit();
      int isolation = connection.getTransactionIsolation();
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      try {
        return query.on(connection);
      } finally {
        connection.rollback();
        connection.setTransactionIsolation(isolation);
        connection.setAutoCommit(autoCommit);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the database cannot be read: " + e.getMessage(), e);
    }
  }

  /** Several statements that see the same state. */
  @FunctionalInterface
  interface Query<T> {
    T on(Connection connection) throws SQLException;
  }
}
