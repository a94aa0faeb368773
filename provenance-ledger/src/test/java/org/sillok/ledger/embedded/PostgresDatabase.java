package org.sillok.ledger.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.postgresql.ds.PGConnectionPoolDataSource;

/** A real PostgreSQL for this JVM's tests, behind a pool. */
final class PostgresDatabase {

  private static final DataSource POOL = start();

  private PostgresDatabase() {}

  static DataSource dataSource() {
    return POOL;
  }

  private static DataSource start() {
    try {
      PGConnectionPoolDataSource server = new PGConnectionPoolDataSource();
      server.setUrl(EmbeddedPostgres.start().getJdbcUrl("postgres", "postgres"));
      return JdbcConnectionPool.create(server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
