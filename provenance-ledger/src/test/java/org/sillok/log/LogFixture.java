package org.sillok.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.sillok.canonical.Commitment;
import org.sillok.canonical.Nonce;
import org.sillok.log.Entry.Action;
import org.sillok.merkle.Rfc6962;

/** A database with an empty log 1, and entries to put into it. */
final class LogFixture {

  static final EntryMac MAC = new EntryMac(new byte[32]);
  static final Cause CAUSE = new Cause("request-1", "system", "create");
  static final Instant WHEN = Instant.parse("2026-11-22T03:04:05.678Z");

  private LogFixture() {}

  static DataSource h2() {
    DataSource database = h2("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    create(database);
    return database;
  }

  static DataSource h2(String url) {
    JdbcDataSource database = new JdbcDataSource();
    database.setURL(url);
    return database;
  }

  /** The schema and log 1. */
  static void create(DataSource database) {
    execute(database, schema());
    execute(
        database,
        "INSERT INTO sillok_log (log, format, origin, vkey, mac_key_id, tree_size, created_at)"
            + " VALUES (1, 'sillok-log-v1', 'test', 'vkey', 'id', 0, CURRENT_TIMESTAMP)");
  }

  static String schema() {
    try (InputStream script =
        LogFixture.class.getResourceAsStream("/org/sillok/schema/V1__provenance_log.sql")) {
      return new String(script.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void execute(DataSource database, String sql) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  static List<List<Object>> rows(DataSource database, String sql) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<List<Object>> rows = new ArrayList<>();
      while (result.next()) {
        List<Object> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(result.getObject(i));
        }
        rows.add(row);
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  static long number(DataSource database, String sql) {
    return ((Number) rows(database, sql).get(0).get(0)).longValue();
  }

  static NewEntry entry(Action action, String id, long version) {
    ResourceVersion subject = new ResourceVersion("Observation", id, version);
    byte[] content = subject.toString().getBytes(UTF_8);
    byte[] nonce = Rfc6962.leaf(content).toBytes();
    Nonce secret = Nonce.of(nonce);
    if (action == Action.EXPUNGE) {
      return new NewEntry(Entry.expunge(subject, WHEN, CAUSE, secret), null);
    }
    return new NewEntry(
        Entry.of(action, subject, WHEN, CAUSE, Commitment.of(secret, content)), secret);
  }

  static NewEntry create(String id) {
    return entry(Action.CREATE, id, 1);
  }

  static void insert(DataSource database, NewEntry... entries) {
    try (Connection connection = database.getConnection()) {
      new EntryWriter(MAC).insert(connection, List.of(entries));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A row that did not come from {@link EntryWriter}. */
  static void forge(DataSource database, NewEntry entry, byte[] mac) {
    ResourceVersion subject = entry.entry().subject();
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO sillok_entry (kind, action, resource_type, resource_id, version,"
                    + " entry, nonce, mac) VALUES ('resource', ?, ?, ?, ?, ?, ?, ?)")) {
      insert.setString(1, entry.entry().actionCode());
      insert.setString(2, subject.type());
      insert.setString(3, subject.id());
      insert.setLong(4, subject.version());
      insert.setString(5, entry.entry().toJson());
      insert.setBytes(6, entry.nonce() == null ? null : entry.nonce().toBytes());
      insert.setBytes(7, mac);
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static Sequencer sequencer(DataSource database, int batchSize) {
    return new Sequencer(database, 1, MAC, batchSize, row -> {});
  }

  /** Entries taken. */
  static int drain(Sequencer sequencer) {
    int all = 0;
    for (int taken = sequencer.runOnce(); taken > 0; taken = sequencer.runOnce()) {
      all += taken;
    }
    return all;
  }

  /** What the log says, in order: action, resource and version of each leaf. */
  static List<String> leaves(DataSource database) {
    return rows(
            database,
            "SELECT action, resource_type, resource_id, version FROM sillok_entry"
                + " WHERE log = 1 ORDER BY leaf_index, id")
        .stream()
        .map(row -> row.get(0) + " " + row.get(1) + "/" + row.get(2) + " " + row.get(3))
        .toList();
  }
}
