package org.sillok.plugin;

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

  static final String HISTORY_TABLE = "sillok_schema_history";

  /**
   * Brings the tables up to date. A database that a newer Sillok has migrated is refused and left
   * as it is.
   */
  static SillokDatabase migrate(DataSource dataSource) {
    Flyway.configure()
        .dataSource(dataSource)
        .locations("classpath:org/sillok/schema")
        .table(HISTORY_TABLE)
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .ignoreMigrationPatterns(new String[0])
        .load()
        .migrate();
    return new SillokDatabase(dataSource);
  }
}
