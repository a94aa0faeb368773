package org.sillok.ledger.embedded;

import org.h2.jdbcx.JdbcConnectionPool;
import org.sillok.ledger.LedgerContract;
import org.sillok.ledger.LedgerFixture;

/** The contract on H2. */
class EmbeddedLedgerContractTest extends LedgerContract {

  private static final JdbcConnectionPool DATABASE =
      JdbcConnectionPool.create("jdbc:h2:mem:contract;DB_CLOSE_DELAY=-1", "sa", "");

  @Override
  protected LedgerFixture fixture() {
    return new EmbeddedFixture(DATABASE);
  }
}
