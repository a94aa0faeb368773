package org.sillok.ledger.embedded;

import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

/** The scenarios on H2. */
class EmbeddedLedgerTest extends EmbeddedLedgerScenarios {

  private static final JdbcConnectionPool DATABASE =
      JdbcConnectionPool.create("jdbc:h2:mem:scenarios;DB_CLOSE_DELAY=-1", "sa", "");

  @Override
  DataSource database() {
    return DATABASE;
  }
}
