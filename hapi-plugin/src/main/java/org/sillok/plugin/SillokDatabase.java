package org.sillok.plugin;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * HAPI's own database with Sillok's tables in it, in the state of this program. Whoever reads or
 * writes those tables takes the data source from here, so that the schema is there first.
 *
 * @param dataSource hands out connections of the running Spring transaction to whoever asks through
 *     Spring, else connections of their own
 */
public record SillokDatabase(DataSource dataSource) {

  private static final String SCHEMA = "classpath:org/sillok/schema";

  static final String HISTORY_TABLE = "sillok_schema_history";

  /**
   * Brings the tables up to date. A database that a newer Sillok has migrated is refused and left
   * as it is.
   */
  static SillokDatabase migrate(DataSource dataSource) {
    Flyway.configure()
        .dataSource(dataSource)
        .locations(locations(dataSource))
        .table(HISTORY_TABLE)
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .ignoreMigrationPatterns(new String[0])
        .load()
        .migrate();
    return new SillokDatabase(dataSource);
  }

  /** The tables are the same in every database; H2 draws more ids at once. */
  private static String[] locations(DataSource dataSource) {
    try (Connection connection = dataSource.getConnection()) {
      return "H2".equals(connection.getMetaData().getDatabaseProductName())
          ? new String[] {SCHEMA, SCHEMA + "-h2"}
          : new String[] {SCHEMA};
    } catch (SQLException e) {
      throw new IllegalStateException("The database cannot be reached", e);
    }
  }
}
