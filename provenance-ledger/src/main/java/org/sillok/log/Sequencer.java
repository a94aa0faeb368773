package org.sillok.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.sillok.jdbc.Transaction;
import org.sillok.merkle.Hash;
import org.sillok.merkle.Tile;
import org.sillok.merkle.TreeAppender;

/**
 * Gives entries their places in the log: consecutive, oldest first.
 *
 * <p>The entries of one resource stand in the order in which they happened: those of one
 * transaction were written so by {@link EntryWriter}, and a later transaction on the same resource
 * gets its ids later. Within a batch the order is set right even if a caller wrote otherwise.
 *
 * <p>It looks for entries without a place, never behind the last one that it placed, since a lower
 * id may commit later. Places, tiles and the tree size change in one transaction that holds the
 * lock on the log's row, so any number of sequencers in any number of servers take turns, and one
 * that dies leaves nothing behind. Thread-safe.
 */
public final class Sequencer {

  // In the order of the index sillok_entry_place.
  private static final String OLDEST_FIRST =
      " FROM sillok_entry WHERE log IS NULL ORDER BY log, leaf_index, id FETCH FIRST ? ROWS ONLY";
  private static final String ANY_PENDING = "SELECT id" + OLDEST_FIRST;
  private static final String PENDING = "SELECT " + PendingEntry.COLUMNS + OLDEST_FIRST;
  private static final String NEWEST = "SELECT MAX(log) FROM sillok_log";
  private static final String LOCK = "SELECT tree_size FROM sillok_log WHERE log = ? FOR UPDATE";
  private static final String GROW =
      "UPDATE sillok_log SET tree_size = ? WHERE log = ? AND tree_size = ?";
  private static final String PLACE =
      "UPDATE sillok_entry SET log = ?, leaf_index = ? + (id - ?)"
          + " WHERE id BETWEEN ? AND ? AND log IS NULL";
  private static final String SET_ASIDE =
      "UPDATE sillok_entry SET log = 0, leaf_index = NULL WHERE id = ? AND log IS NULL";

  /** The log that is open, locked. */
  private record Open(int number, long size) {}

  private final DataSource dataSource;
  private final EntryMac mac;
  private final int batchSize;
  private final Consumer<SetAside> onSetAside;

  /**
   * @param batchSize most entries taken in one transaction
   * @param onSetAside told of each row with a wrong mac, once, after it was set aside
   */
  public Sequencer(
      DataSource dataSource, EntryMac mac, int batchSize, Consumer<SetAside> onSetAside) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch size: at least 1, got " + batchSize);
    }
    this.dataSource = dataSource;
    this.mac = mac;
    this.batchSize = batchSize;
    this.onSetAside = onSetAside;
  }

  /**
   * Takes one batch. As long as it returns more than 0 there may be more.
   *
   * @return entries taken: placed or set aside
   * @throws LogStoreException if the database fails; nothing has changed then
   */
  public int runOnce() {
    List<SetAside> setAside = new ArrayList<>();
    int taken;
    try {
      taken = Transaction.run(dataSource, connection -> takeBatch(connection, setAside));
    } catch (SQLException e) {
      throw new LogStoreException("entries could not be given their places", e);
    }
    setAside.forEach(onSetAside);
    return taken;
  }

  private int takeBatch(Connection connection, List<SetAside> setAside) throws SQLException {
    if (nothingWaits(connection)) {
      return 0;
    }
    Open log = lockOpenLog(connection);
    List<PendingEntry> batch = batch(connection);
    List<PendingEntry> authentic = new ArrayList<>(batch.size());
    List<PendingEntry> forged = new ArrayList<>();
    for (PendingEntry entry : batch) {
      (entry.isAuthentic(mac) ? authentic : forged).add(entry);
    }
    setAside(connection, forged);
    forged.forEach(entry -> setAside.add(entry.asSetAside()));
    place(connection, PendingOrder.of(authentic), log);
    return batch.size();
  }

  /** Spares an idle log the lock. */
  private static boolean nothingWaits(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(ANY_PENDING)) {
      select.setInt(1, 1);
      try (ResultSet rows = select.executeQuery()) {
        return !rows.next();
      }
    }
  }

  /** Whoever closes a log holds its row: then the next one is open. */
  private static Open lockOpenLog(Connection connection) throws SQLException {
    for (int log = newest(connection); ; log = newest(connection)) {
      Open open = new Open(log, lock(connection, log));
      if (newest(connection) == log) {
        return open;
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

  /** The size of the log, which nobody else changes from now on. */
  private static long lock(Connection connection, int log) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(LOCK)) {
      select.setInt(1, log);
      try (ResultSet rows = select.executeQuery()) {
        if (!rows.next()) {
          throw new SQLException("there is no log " + log + " in sillok_log");
        }
        return rows.getLong(1);
      }
    }
  }

  private List<PendingEntry> batch(Connection connection) throws SQLException {
    List<PendingEntry> batch = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(PENDING)) {
      select.setInt(1, batchSize);
      select.setFetchSize(batchSize);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          batch.add(new PendingEntry(rows));
        }
      }
    }
    return batch;
  }

  private static void setAside(Connection connection, List<PendingEntry> forged)
      throws SQLException {
    if (forged.isEmpty()) {
      return;
    }
    try (PreparedStatement update = connection.prepareStatement(SET_ASIDE)) {
      for (PendingEntry entry : forged) {
        update.setLong(1, entry.id);
        update.addBatch();
      }
      wantOneRowEach(update.executeBatch());
    }
  }

  private static void place(Connection connection, List<PendingEntry> entries, Open log)
      throws SQLException {
    if (entries.isEmpty()) {
      return;
    }
    setPlaces(connection, entries, log);
    TileTable tiles = new TileTable(connection, log.number);
    List<Hash> leaves = entries.stream().map(PendingEntry::leaf).toList();
    for (Tile tile : new TreeAppender(tiles, log.size).append(leaves)) {
      tiles.write(tile);
    }
    try (PreparedStatement grow = connection.prepareStatement(GROW)) {
      grow.setLong(1, log.size + leaves.size());
      grow.setInt(2, log.number);
      grow.setLong(3, log.size);
      want(1, grow.executeUpdate());
    }
  }

  /**
   * Consecutive ids at consecutive places, which is the rule, take one statement. Whoever can write
   * the table chooses ids, so no sum of one may overflow.
   */
  private static void setPlaces(Connection connection, List<PendingEntry> entries, Open log)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(PLACE)) {
      for (int first = 0, end; first < entries.size(); first = end) {
        end = first + 1;
        while (end < entries.size() && follows(entries.get(end).id, entries.get(end - 1).id)) {
          end++;
        }
        update.setInt(1, log.number);
        update.setLong(2, log.size + first);
        update.setLong(3, entries.get(first).id);
        update.setLong(4, entries.get(first).id);
        update.setLong(5, entries.get(end - 1).id);
        want(end - first, update.executeUpdate());
      }
    }
  }

  private static boolean follows(long id, long before) {
    return id > before && id - before == 1;
  }

  private static void wantOneRowEach(int[] counts) throws SQLException {
    for (int count : counts) {
      want(1, count);
    }
  }

  private static void want(int rows, int changed) throws SQLException {
    if (changed != rows) {
      throw new SQLException(rows + " rows should have changed, got " + changed);
    }
  }
}
