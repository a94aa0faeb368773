package org.sillok.testdata.chain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.sillok.log.EntryWriter;

/** Databases with the tables of a log and of a ledger on a chain. */
public final class Tables {

  private static final List<String> SCRIPTS =
      List.of(
          "V1__provenance_log.sql",
          "V5__besu_ledger.sql",
          "V7__followed_events.sql",
          "V15__log_successors.sql");

  private Tables() {}

  /** A new one in memory, gone with this JVM. */
  public static JdbcConnectionPool memory() {
    JdbcConnectionPool pool =
        JdbcConnectionPool.create(
            "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
    create(pool);
    return pool;
  }

  /**
   * @throws IllegalStateException if the database refuses
   */
  public static void create(DataSource empty) {
    try (Connection connection = empty.getConnection();
        Statement statement = connection.createStatement()) {
      for (String script : SCRIPTS) {
        statement.execute(text(script));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the tables cannot be made", e);
    }
  }

  private static String text(String script) {
    try (InputStream text = EntryWriter.class.getResourceAsStream("/org/sillok/schema/" + script)) {
      if (text == null) {
        throw new IllegalStateException(script + " is not on the class path");
      }
      return new String(text.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
