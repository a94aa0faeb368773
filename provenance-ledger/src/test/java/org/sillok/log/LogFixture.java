package org.sillok.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
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
import org.sillok.note.SignerKey;

/** A database with an empty log 1, and entries to put into it. */
public final class LogFixture {

  public static final EntryMac MAC = new EntryMac(new byte[32]);
  public static final Cause CAUSE = new Cause("request-1", "system", "create");
  public static final Instant WHEN = Instant.parse("2026-11-22T03:04:05.678Z");

  private LogFixture() {}

  public static DataSource h2() {
    DataSource database = h2("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    create(database);
    return database;
  }

  public static DataSource h2(String url) {
    JdbcDataSource database = new JdbcDataSource();
    database.setURL(url);
    return database;
  }

  public static void createTables(DataSource database) {
    execute(database, schema("V1__provenance_log.sql"));
    execute(database, schema("V2__embedded_ledger.sql"));
    execute(database, schema("V15__log_successors.sql"));
  }

  /** The schema and log 1. */
  public static void create(DataSource database) {
    createTables(database);
    execute(
        database,
        "INSERT INTO sillok_log (log, format, origin, vkey, mac_key_id, tree_size, created_at)"
            + " VALUES (1, 'sillok-log-v1', 'test', 'vkey', 'id', 0, CURRENT_TIMESTAMP)");
  }

  private static String schema(String script) {
    try (InputStream text = LogFixture.class.getResourceAsStream("/org/sillok/schema/" + script)) {
      return new String(text.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static void execute(DataSource database, String sql) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  public static List<List<Object>> rows(DataSource database, String sql) {
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

  public static long number(DataSource database, String sql) {
    return ((Number) rows(database, sql).get(0).get(0)).longValue();
  }

  public static NewEntry entry(Action action, String id, long version) {
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

  public static NewEntry create(String id) {
    return entry(Action.CREATE, id, 1);
  }

  public static void insert(DataSource database, NewEntry... entries) {
    try (Connection connection = database.getConnection()) {
      new EntryWriter(MAC).insert(connection, List.of(entries));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A row that did not come from {@link EntryWriter}. */
  public static void forge(DataSource database, NewEntry entry, byte[] mac) {
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

  /** What a server that opened the log has. */
  public static OpenLog openLog() {
    return new OpenLog(1, SignerKey.generate("hospital.example/log", new SecureRandom()), MAC);
  }

  public static Sequencer sequencer(DataSource database, int batchSize) {
    return new Sequencer(database, MAC, batchSize, row -> {});
  }

  /** Entries taken. */
  public static int drain(Sequencer sequencer) {
    int all = 0;
    for (int taken = sequencer.runOnce(); taken > 0; taken = sequencer.runOnce()) {
      all += taken;
    }
    return all;
  }

  /** What the log says, in order: action, resource and version of each leaf. */
  public static List<String> leaves(DataSource database) {
    return rows(
            database,
            "SELECT action, resource_type, resource_id, version FROM sillok_entry"
                + " WHERE log = 1 ORDER BY leaf_index, id")
        .stream()
        .map(row -> row.get(0) + " " + row.get(1) + "/" + row.get(2) + " " + row.get(3))
        .toList();
  }
}
