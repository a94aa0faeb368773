package org.sillok.ledger.besu;

import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.sillok.faults.Anvil;
import org.sillok.ledger.LedgerContract;
import org.sillok.ledger.LedgerFixture;

/** The contract on a chain, with the follower's tables on H2. */
class BesuLedgerContractIT extends LedgerContract {

  private static final JdbcConnectionPool DATABASE =
      JdbcConnectionPool.create("jdbc:h2:mem:besu-contract;DB_CLOSE_DELAY=-1", "sa", "");

  private static Anvil chain;

  @BeforeAll
  static void start() {
    chain = Anvil.start();
  }

  @AfterAll
  static void stop() {
    chain.close();
  }

  @Override
  protected LedgerFixture fixture() {
    return new BesuFixture(chain, DATABASE);
  }
}
