package org.sillok.plugin.reconcile;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.sillok.jdbc.Transaction;

/** Short transactions on a connection of their own, never on one that HAPI is using. */
final class Database {

  private final DataSource dataSource;

  Database(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  <T> T run(Transaction.Work<T> work) {
    try {
      return Transaction.run(dataSource, work);
    } catch (SQLException e) {
      throw new IllegalStateException("the sweep's tables", e);
    }
  }
}
