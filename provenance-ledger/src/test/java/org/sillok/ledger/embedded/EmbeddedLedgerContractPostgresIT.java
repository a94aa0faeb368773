package org.sillok.ledger.embedded;

import org.sillok.ledger.LedgerContract;
import org.sillok.ledger.LedgerFixture;

/** The contract on PostgreSQL. */
class EmbeddedLedgerContractPostgresIT extends LedgerContract {

  @Override
  protected LedgerFixture fixture() {
    return new EmbeddedFixture(PostgresDatabase.dataSource());
  }
}
