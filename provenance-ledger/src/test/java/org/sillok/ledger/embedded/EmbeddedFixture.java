package org.sillok.ledger.embedded;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.sillok.ledger.Hospital;
import org.sillok.ledger.Ledger;
import org.sillok.ledger.LedgerFixture;
import org.sillok.ledger.block.LedgerSigningKey;

/** An embedded ledger in an empty database, whose chain must be sound at the end of every test. */
final class EmbeddedFixture implements LedgerFixture {

  private final DataSource database;
  private final StepClock clock = new StepClock();
  private final LedgerSigningKey key = key(1);

  EmbeddedFixture(DataSource database) {
    this.database = database;
    empty(database);
  }

  /** Tables without rows; made anew where a test has left none. */
  static void empty(DataSource database) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      for (Table<?> table : Table.ALL) {
        statement.executeUpdate("DELETE FROM " + table.name());
      }
      statement.executeUpdate("DELETE FROM sillok_ledger_block");
      statement.executeUpdate("DELETE FROM sillok_ledger_head");
    } catch (SQLException e) {
      migrate(database);
    }
  }

  private static void migrate(DataSource database) {
    Flyway flyway =
        Flyway.configure()
            .dataSource(database)
            .locations("classpath:org/sillok/schema")
            .cleanDisabled(false)
            .load();
    flyway.clean();
    flyway.migrate();
  }

  static LedgerSigningKey key(int seed) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) seed);
    return LedgerSigningKey.ofSeed(bytes);
  }

  @Override
  public Ledger found(List<Hospital> founders) {
    return EmbeddedLedger.openOrFound(database, key, clock, founders);
  }

  @Override
  public EmbeddedLedger second() {
    return EmbeddedLedger.open(database, key, clock).orElseThrow();
  }

  @Override
  public void advanceTime(Duration duration) {
    clock.advance(duration);
  }

  @Override
  public void close() {
    ChainReport report = second().replay(List.of());
    if (!report.isSound()) {
      throw new AssertionError(report.findings().toString());
    }
  }
}
