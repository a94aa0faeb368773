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
      // H2's repeatable read sees each table as it was when it was first read.
      connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
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
