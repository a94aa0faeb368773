package org.sillok.ledger.embedded;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.sillok.jdbc.Transaction;
import org.sillok.jdbc.Transaction.Work;
import org.sillok.ledger.LedgerUnavailableException;

/** The ledger's database, whose failures mean that the ledger is away. */
final class Database {

  private final DataSource dataSource;

  Database(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  <T> T transaction(Work<T> work) {
    try {
      return Transaction.run(dataSource, work);
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  <T> T snapshot(Work<T> work) {
    try {
      return Transaction.snapshot(dataSource, work);
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  private static LedgerUnavailableException unavailable(SQLException e) {
    return new LedgerUnavailableException("the ledger's database: " + e.getMessage(), e);
  }
}
