package org.sillok.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.sillok.log.LogFixture.create;
import static org.sillok.log.LogFixture.execute;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EntryWriterOnPostgresIT {

  private static EmbeddedPostgres server;
  private static DataSource database;

  @BeforeAll
  static void start() throws IOException {
    server = EmbeddedPostgres.builder().start();
    database = server.getPostgresDatabase();
    LogFixture.create(database);
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @AfterEach
  void clear() {
    execute(database, "DROP TRIGGER IF EXISTS swallow ON sillok_entry");
    execute(database, "ALTER TABLE sillok_entry DROP CONSTRAINT IF EXISTS nothing");
    execute(database, "DELETE FROM sillok_entry");
  }

  private static void write(NewEntry entry) throws SQLException {
    try (Connection connection = database.getConnection()) {
      new EntryWriter(LogFixture.MAC).insert(connection, List.of(entry));
    }
  }

  private static void swallow(String when) {
    execute(
        database,
        "CREATE OR REPLACE FUNCTION swallow() RETURNS trigger AS 'BEGIN RETURN NULL; END'"
            + " LANGUAGE plpgsql");
    execute(
        database,
        "CREATE TRIGGER swallow BEFORE "
            + when
            + " ON sillok_entry FOR EACH ROW EXECUTE FUNCTION swallow()");
  }

  @Test
  void failsWhenTheDatabaseSwallowsAnEntry() {
    swallow("INSERT");

    assertThatThrownBy(() -> write(create("a")))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("want 1 row each, got 0");
  }

  @Test
  void failsWhenTheDatabaseKeepsANonceThatWasToBeDestroyed() throws SQLException {
    write(create("a"));
    swallow("UPDATE");

    try (Connection connection = database.getConnection()) {
      assertThatThrownBy(
              () ->
                  new EntryWriter(LogFixture.MAC).forget(connection, create("a").entry().subject()))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("want 1 row each, got 0");
    }
  }

  @Test
  void neverPutsANonceIntoAMessage() {
    execute(database, "ALTER TABLE sillok_entry ADD CONSTRAINT nothing CHECK (nonce IS NULL)");
    NewEntry entry = create("a");

    SQLException failure = catchThrowableOfType(SQLException.class, () -> write(entry));

    StringWriter all = new StringWriter();
    failure.printStackTrace(new PrintWriter(all));
    assertThat(failure.getSQLState()).as("check_violation").isEqualTo("23514");
    assertThat(all.toString()).doesNotContainIgnoringCase(entry.nonce().toHex());
    assertThat((Throwable) failure.getNextException()).isNull();
  }
}
