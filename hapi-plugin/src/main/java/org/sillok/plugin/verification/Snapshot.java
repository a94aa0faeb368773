package org.sillok.plugin.verification;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.sillok.jdbc.Transaction;

/**
 * One state of the database, seen through a connection of its own: a version and its entry, which
 * are written in one transaction, are always both seen or both not.
 */
final class Snapshot {

  private final DataSource database;

  Snapshot(DataSource database) {
    this.database = database;
  }

  <T> T read(Transaction.Work<T> reads) {
    try {
      return Transaction.snapshot(database, reads);
    } catch (SQLException e) {
      throw new IllegalStateException("the database cannot be read: " + e.getMessage(), e);
    }
  }
}
