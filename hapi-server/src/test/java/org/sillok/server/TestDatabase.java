package org.sillok.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The databases of servers under test: H2, or with {@code -Dsillok.it.database=postgres} databases
 * of one PostgreSQL server, which is started when the first is asked for and ends with this JVM.
 */
public final class TestDatabase {

  public static final boolean IS_POSTGRES =
      "postgres".equals(System.getProperty("sillok.it.database"));

  private static final Set<String> CREATED = new HashSet<>();
  private static EmbeddedPostgres server;

  private TestDatabase() {}

  /**
   * Properties of a server whose database is the one of this name: an empty one when it is asked
   * for first, the same one later on.
   *
   * @param h2 where H2 keeps it
   */
  public static Map<String, String> properties(String name, String h2) {
    String url = IS_POSTGRES ? postgres("it_" + name.toLowerCase(Locale.ROOT)) : h2;
    return IS_POSTGRES
        ? Map.of("spring.datasource.url", url, "spring.datasource.username", "postgres")
        : Map.of("spring.datasource.url", url);
  }

  private static synchronized String postgres(String name) {
    try {
      if (server == null) {
        server = EmbeddedPostgres.start();
      }
      if (CREATED.add(name)) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
            Statement create = connection.createStatement()) {
          create.execute("CREATE DATABASE \"" + name + "\"");
        }
      }
      return server.getJdbcUrl("postgres", name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException("no database " + name, e);
    }
  }
}
