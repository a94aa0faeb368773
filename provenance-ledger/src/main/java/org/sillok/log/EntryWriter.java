package org.sillok.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sillok.canonical.Nonce;

/**
 * Writes entries on the caller's connection, within the caller's transaction: they stand if it
 * commits, and are gone if it rolls back. Never commits, and leaves the connection as it was.
 * Thread-safe.
 */
public final class EntryWriter {

  private static final String INSERT =
      "INSERT INTO sillok_entry"
          + " (kind, action, resource_type, resource_id, version, entry, nonce, mac)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String WITH_NONCE =
      "SELECT id, entry, nonce, mac FROM sillok_entry"
          + " WHERE resource_id = ? AND resource_type = ? AND version = ? AND nonce IS NOT NULL";
  private static final String FORGET = "UPDATE sillok_entry SET nonce = NULL, mac = ? WHERE id = ?";

  private static final String LOCK = "SELECT log FROM sillok_log FOR UPDATE";

  private final EntryMac mac;

  public EntryWriter(EntryMac mac) {
    this.mac = mac;
  }

  /**
   * Inserts all of {@code entries} in one batch, in the order in which they happened to a resource,
   * however they come. A transaction that writes several entries of one resource calls it once.
   *
   * @throws SQLException also if the table does not take one of them
   */
  public void insert(Connection connection, List<NewEntry> entries) throws SQLException {
    if (entries.isEmpty()) {
      return;
    }
    List<NewEntry> inOrder = new ArrayList<>(entries);
    inOrder.sort(Comparator.comparing(NewEntry::entry, Entry.AS_IT_HAPPENED));
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (NewEntry entry : inOrder) {
        bind(insert, entry.entry(), entry.nonce());
        insert.addBatch();
      }
      execute(insert, "entries were not written");
    }
  }

  /** What the driver says is kept back: it may quote values, and nonces are among them. */
  private static void execute(PreparedStatement batch, String failure) throws SQLException {
    int[] counts;
    try {
      counts = batch.executeBatch();
    } catch (BatchUpdateException e) {
      throw new SQLException(
          failure + ": SQL state " + e.getSQLState() + ", code " + e.getErrorCode(),
          e.getSQLState(),
          e.getErrorCode());
    }
    for (int count : counts) {
      if (count != 1 && count != Statement.SUCCESS_NO_INFO) {
        throw new SQLException(failure + ": want 1 row each, got " + count);
      }
    }
  }

  private void bind(PreparedStatement insert, Entry entry, @Nullable Nonce nonce)
      throws SQLException {
    ResourceVersion subject = entry.subject();
    String json = entry.toJson();
    byte[] secret = nonce == null ? null : nonce.toBytes();
    insert.setString(1, entry.kind().code());
    insert.setString(2, entry.actionCode());
    insert.setString(3, subject == null ? null : subject.type());
    insert.setString(4, subject == null ? null : subject.id());
    insert.setObject(5, subject == null ? null : subject.version(), java.sql.Types.BIGINT);
    insert.setString(6, json);
    insert.setBytes(7, secret);
    insert.setBytes(8, mac.of(secret, json.getBytes(UTF_8)));
  }

  /**
   * Destroys the nonces of one version, so that its commitments say nothing any more. The leaves
   * stay. A row with a wrong mac keeps a wrong one. Keeps the sequencer out until the caller's
   * transaction ends: both change waiting rows, in different orders, and would block each other.
   */
  public void forget(Connection connection, ResourceVersion version) throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
      lock.executeQuery().close();
    }
    try (PreparedStatement select = connection.prepareStatement(WITH_NONCE);
        PreparedStatement update = connection.prepareStatement(FORGET)) {
      select.setString(1, version.id());
      select.setString(2, version.type());
      select.setLong(3, version.version());
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          byte[] entry = rows.getString(2).getBytes(UTF_8);
          byte[] old = rows.getBytes(4);
          update.setBytes(1, mac.matches(rows.getBytes(3), entry, old) ? mac.of(null, entry) : old);
          update.setLong(2, rows.getLong(1));
          update.addBatch();
        }
      }
      execute(update, "nonces were not destroyed");
    }
  }
}
