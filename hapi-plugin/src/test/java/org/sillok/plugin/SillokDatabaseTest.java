package org.sillok.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class SillokDatabaseTest {

  private static final String SCHEMA = "org/sillok/schema";

  @Test
  void letsH2DrawManyIdsOfEntriesAtOnce() {
    JdbcDataSource h2 = hapi();

    SillokDatabase.migrate(h2);

    assertThat(
            new JdbcTemplate(h2)
                .queryForObject(
                    "SELECT identity_cache FROM information_schema.columns"
                        + " WHERE table_name = 'SILLOK_ENTRY' AND column_name = 'ID'",
                    Long.class))
        .isEqualTo(1000);
  }

  /** H2 commits every statement by itself, and Flyway notes a migration behind its last one. */
  @Test
  void goesOnBehindAnyStatementAtWhichTheServerWasKilled() {
    JdbcDataSource whole = hapi();
    SillokDatabase.migrate(whole);
    MigrationVersion before = null;
    for (MigrationVersion version : versions()) {
      List<String> statements = statements(version);
      for (int done = 1; done <= statements.size(); done++) {
        JdbcDataSource killed = hapi();
        migrateTo(before, killed);
        statements.subList(0, done).forEach(new JdbcTemplate(killed)::execute);

        SillokDatabase.migrate(killed);

        assertThat(picture(killed))
            .as("V%s, killed behind statement %d", version, done)
            .isEqualTo(picture(whole));
      }
      before = version;
    }
  }

  @Test
  void goesOnBehindAHistoryThatIsStillEmpty() {
    JdbcDataSource killed = hapi();
    migrateTo(null, killed);
    new JdbcTemplate(killed).execute("DELETE FROM \"" + SillokDatabase.HISTORY_TABLE + "\"");

    SillokDatabase.migrate(killed);

    JdbcDataSource whole = hapi();
    SillokDatabase.migrate(whole);
    assertThat(picture(killed)).isEqualTo(picture(whole));
  }

  /** A database with tables of HAPI. */
  private static JdbcDataSource hapi() {
    JdbcDataSource h2 = new JdbcDataSource();
    h2.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    new JdbcTemplate(h2).execute("CREATE TABLE HFJ_RESOURCE (RES_ID BIGINT)");
    return h2;
  }

  private static FluentConfiguration flyway(JdbcDataSource database) {
    return Flyway.configure()
        .dataSource(database)
        .locations("classpath:" + SCHEMA)
        .table(SillokDatabase.HISTORY_TABLE)
        .baselineOnMigrate(true)
        .baselineVersion("0");
  }

  private static void migrateTo(MigrationVersion version, JdbcDataSource database) {
    if (version == null) {
      flyway(database).load().baseline();
    } else {
      flyway(database).target(version).load().migrate();
    }
  }

  private static List<MigrationVersion> versions() {
    return Arrays.stream(flyway(hapi()).load().info().all())
        .map(info -> info.getVersion())
        .filter(version -> version != null)
        .toList();
  }

  private static List<String> statements(MigrationVersion version) {
    String script =
        Arrays.stream(flyway(hapi()).load().info().all())
            .filter(info -> version.equals(info.getVersion()))
            .findFirst()
            .orElseThrow()
            .getScript();
    try (InputStream in =
        SillokDatabase.class.getClassLoader().getResourceAsStream(SCHEMA + "/" + script)) {
      return Arrays.stream(
              new String(in.readAllBytes(), UTF_8).replaceAll("(?m)--.*$", "").split(";"))
          .map(String::strip)
          .filter(statement -> !statement.isEmpty())
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException(script, e);
    }
  }

  /** Columns, indexes and rows of the tables. */
  private static List<Map<String, Object>> picture(JdbcDataSource database) {
    JdbcTemplate jdbc = new JdbcTemplate(database);
    List<Map<String, Object>> picture =
        jdbc.queryForList(
            "SELECT table_name, column_name, data_type, character_maximum_length, is_nullable"
                + " FROM information_schema.columns WHERE table_name LIKE 'SILLOK_%' ORDER BY 1, 2");
    picture.addAll(
        jdbc.queryForList(
            "SELECT table_name, index_name, column_name, ordinal_position"
                + " FROM information_schema.index_columns WHERE index_name LIKE 'SILLOK_%'"
                + " ORDER BY 1, 2, 4"));
    picture.addAll(jdbc.queryForList("SELECT * FROM sillok_sweep"));
    return picture;
  }
}
