package org.sillok.ledger.embedded;

import javax.sql.DataSource;

/** The scenarios on PostgreSQL. */
class EmbeddedLedgerPostgresIT extends EmbeddedLedgerScenarios {

  @Override
  DataSource database() {
    return PostgresDatabase.dataSource();
  }
}
