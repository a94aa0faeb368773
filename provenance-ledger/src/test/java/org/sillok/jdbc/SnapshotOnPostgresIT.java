package org.sillok.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class SnapshotOnPostgresIT {

  @Test
  void seesOneStateWithoutTheLocksOfSerializable() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
      DataSource database = server.getPostgresDatabase();
      execute(database, "CREATE TABLE one (n INT)");
      execute(database, "CREATE TABLE other (n INT)");

      List<String> seen =
          Transaction.snapshot(
              database,
              connection -> {
                String before = ask(connection, "SELECT COUNT(*) FROM one");
                execute(database, "INSERT INTO other VALUES (1)");
                return List.of(
                    before,
                    ask(connection, "SELECT COUNT(*) FROM other"),
                    ask(connection, "SHOW transaction_isolation"),
                    ask(connection, "SELECT COUNT(*) FROM pg_locks WHERE mode = 'SIReadLock'"));
              });

      assertThat(seen).containsExactly("0", "0", "repeatable read", "0");
    }
  }

  private static String ask(Connection connection, String query) throws SQLException {
    try (ResultSet row = connection.createStatement().executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  private static void execute(DataSource database, String sql) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.createStatement().execute(sql);
    }
  }
}
