package org.sillok.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import javax.sql.DataSource;
import org.sillok.jdbc.Transaction;
import org.sillok.merkle.Hash;
import org.sillok.merkle.Tile;
import org.sillok.note.SignerKey;

/**
 * Gives the open log another key, or lets another log follow it. Whether that is right, the ledger
 * has decided; this does it, while entries are written. Several servers may do it at once.
 */
public final class LogChange {

  private static final String LOCK =
      "SELECT tree_size, format, mac_key_id FROM sillok_log WHERE log = ? FOR UPDATE";
  private static final String NEWEST = "SELECT MAX(log) FROM sillok_log";
  private static final String VKEY = "UPDATE sillok_log SET vkey = ? WHERE log = ?";
  // They get places in the successor, in the order in which they were written.
  private static final String TAKE_BACK =
      "UPDATE sillok_entry SET log = NULL, leaf_index = NULL WHERE log = ? AND leaf_index >= ?";
  private static final String FORGET_HEADS =
      "DELETE FROM sillok_checkpoint WHERE log = ? AND tree_size > ? AND receipt IS NULL";
  private static final String TILES_FROM =
      "DELETE FROM sillok_tile WHERE log = ? AND level = ? AND tile_index >= ?";
  private static final String TILES_ABOVE = "DELETE FROM sillok_tile WHERE log = ? AND level > ?";
  private static final String CLOSE =
      "UPDATE sillok_log SET tree_size = ?, closed_size = ?, closed_root = ? WHERE log = ?";
  private static final String OPEN =
      "INSERT INTO sillok_log (log, format, origin, vkey, mac_key_id, tree_size, created_at)"
          + " VALUES (?, ?, ?, ?, ?, 0, ?)";

  private final DataSource dataSource;
  private final OpenLog log;
  private final InstantSource clock;

  public LogChange(DataSource dataSource, OpenLog log, InstantSource clock) {
    this.dataSource = dataSource;
    this.log = log;
    this.clock = clock;
  }

  /**
   * The private key of a verifier key's text, among the files that are there now; empty if none of
   * them has it.
   */
  public Optional<SignerKey> key(String vkey) {
    return log.reload().signer(vkey);
  }

  /** A private key for the log of this name, among the files that are there now. */
  public Optional<SignerKey> keyOf(String origin) {
    return log.reload().signers().stream()
        .filter(key -> key.verifier().name().equals(origin))
        .findFirst();
  }

  /**
   * Heads are signed with this key from now on.
   *
   * @throws IllegalArgumentException if it is of another log
   * @throws LogStoreException if the database fails; nothing has changed then
   */
  public void sign(SignerKey key) {
    if (!key.verifier().name().equals(log.origin())) {
      throw new IllegalArgumentException(
          "key of " + key.verifier().name() + ", want one of " + log.origin());
    }
    int number = log.number();
    try {
      Transaction.run(
          dataSource, connection -> update(connection, VKEY, key.verifier().toString(), number));
    } catch (SQLException e) {
      throw new LogStoreException("the key of log " + number + " could not be changed", e);
    }
    log.become(number, key);
  }

  /**
   * Closes the open log and goes on with the next. What the closed log keeps stays provable; what
   * stood behind it gets places in the next log.
   *
   * @param where where the ledger stands, and how much of that is here
   * @param key of the next log
   * @throws LogStoreException if the database fails; nothing has changed then
   */
  public void succeed(LogBreak where, SignerKey key) {
    if (where.log() != log.number()) {
      throw new IllegalArgumentException("log " + log.number() + " is open, got " + where);
    }
    try {
      Transaction.run(dataSource, connection -> succeed(connection, where, key));
    } catch (SQLException e) {
      throw new LogStoreException("log " + where.log() + " could not be closed", e);
    }
    log.become(where.log() + 1, key);
  }

  private int succeed(Connection connection, LogBreak where, SignerKey key) throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
      lock.setInt(1, where.log());
      try (ResultSet row = lock.executeQuery()) {
        if (!row.next() || row.getLong(1) < where.kept()) {
          throw new SQLException("log " + where.log() + " has not the " + where.kept() + " leaves");
        }
        if (newest(connection) > where.log()) {
          return 0; // Another server was quicker, and was told the same by the ledger.
        }
        close(connection, where);
        return open(connection, where.log() + 1, row.getString(2), key, row.getString(3));
      }
    }
  }

  private static int newest(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(NEWEST);
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getInt(1);
    }
  }

  private static void close(Connection connection, LogBreak where) throws SQLException {
    update(connection, TAKE_BACK, where.log(), where.kept());
    update(connection, FORGET_HEADS, where.log(), where.kept());
    cutTiles(connection, where.log(), where.kept());
    update(connection, CLOSE, where.kept(), where.size(), where.root().toBytes(), where.log());
  }

  /** A smaller tree's tiles are the beginnings of the larger one's. */
  private static void cutTiles(Connection connection, int log, long size) throws SQLException {
    TileTable tiles = new TileTable(connection, log);
    int level = 0;
    for (long hashes = size; hashes > 0; hashes /= Tile.WIDTH) {
      long edge = hashes / Tile.WIDTH;
      int width = (int) (hashes % Tile.WIDTH);
      byte[] left = Arrays.copyOf(tiles.hashes(level, edge), width * Hash.SIZE);
      update(connection, TILES_FROM, log, level, edge);
      if (width > 0) {
        tiles.write(level, edge, left);
      }
      level++;
    }
    update(connection, TILES_ABOVE, log, level - 1);
  }

  private int open(Connection connection, int number, String format, SignerKey key, String macKeyId)
      throws SQLException {
    return update(
        connection,
        OPEN,
        number,
        format,
        key.verifier().name(),
        key.verifier().toString(),
        macKeyId,
        OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
  }

  private static int update(Connection connection, String sql, Object... parameters)
      throws SQLException {
    try (PreparedStatement change = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        change.setObject(i + 1, parameters[i]);
      }
      return change.executeUpdate();
    }
  }
}
