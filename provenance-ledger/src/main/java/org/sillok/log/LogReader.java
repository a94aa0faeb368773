package org.sillok.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.sillok.merkle.Hash;
import org.sillok.merkle.TileReader;

/**
 * Reads the log. Thread-safe, unless it is bound to a connection by {@link #on}. Every method
 * throws {@link LogStoreException} if the database fails.
 */
public final class LogReader {

  private static final String SELECT_ENTRY =
      "SELECT " + StoredEntry.COLUMNS + " FROM sillok_entry ";
  private static final String SELECT_CHECKPOINT =
      "SELECT " + StoredCheckpoint.COLUMNS + " FROM sillok_checkpoint WHERE log = ? ";
  private static final String FIRST = " FETCH FIRST 1 ROWS ONLY";

  @FunctionalInterface
  private interface RowMapper<T> {
    T map(ResultSet row) throws SQLException;
  }

  private final DataSource dataSource;
  private final EntryMac mac;
  private final @Nullable Connection connection;

  public LogReader(DataSource dataSource, EntryMac mac) {
    this(dataSource, mac, null);
  }

  private LogReader(DataSource dataSource, EntryMac mac, @Nullable Connection connection) {
    this.dataSource = dataSource;
    this.mac = mac;
    this.connection = connection;
  }

  /**
   * The same, but within the caller's transaction, so that several questions are answered from one
   * snapshot if the transaction has one. The connection stays open.
   */
  public LogReader on(Connection snapshot) {
    return new LogReader(dataSource, mac, snapshot);
  }

  /** Leaves in the log. */
  public long size(int log) {
    return one("SELECT tree_size FROM sillok_log WHERE log = ?", row -> row.getLong(1), log)
        .orElseThrow(() -> new IllegalArgumentException("there is no log " + log));
  }

  /** The number of the log that is open, for all servers of this database. */
  public int newestLog() {
    return (int) count("SELECT MAX(log) FROM sillok_log");
  }

  /** The name of a log; empty if there is no such log. */
  public Optional<String> origin(int log) {
    return one("SELECT origin FROM sillok_log WHERE log = ?", row -> row.getString(1), log);
  }

  /** Where logs were closed and others took over, oldest first. */
  public List<LogBreak> breaks() {
    return list(
        "SELECT log, tree_size, closed_size, closed_root FROM sillok_log"
            + " WHERE closed_size IS NOT NULL ORDER BY log",
        row ->
            new LogBreak(row.getInt(1), row.getLong(2), row.getLong(3), Hash.of(row.getBytes(4))));
  }

  /** Entries that wait for their places. */
  public long pending() {
    return count("SELECT COUNT(*) FROM sillok_entry WHERE log IS NULL");
  }

  /** Rows that the sequencer has set aside since their mac is wrong. */
  public long setAside() {
    return count("SELECT COUNT(*) FROM sillok_entry WHERE log = 0");
  }

  /**
   * Rows that are set aside although a server of this hospital wrote them: somebody has taken them
   * out of the log, or has kept them from getting there.
   */
  public long takenOut() {
    return list(SELECT_ENTRY + "WHERE log = 0", this::entry).stream()
        .filter(StoredEntry::authentic)
        .count();
  }

  /**
   * How many leaves behind {@code after} and below {@code size} have no row. Whether the rows that
   * there are belong to their leaves is not looked at. Takes time with the number of rows.
   */
  public long missing(int log, long after, long size) {
    long there =
        one(
                "SELECT COUNT(DISTINCT leaf_index) FROM sillok_entry"
                    + " WHERE log = ? AND leaf_index > ? AND leaf_index < ?",
                row -> row.getLong(1),
                log,
                after,
                size)
            .orElse(0L);
    return Math.max(0, size - 1 - after - there);
  }

  /**
   * The first entry that ends the import of what was there before the log, if a server of this
   * hospital wrote it and it has its place. Reads the whole table.
   */
  public Optional<StoredEntry.Place> importClosed() {
    return list(
            SELECT_ENTRY
                + "WHERE kind = 'import-closed' AND log > 0 AND leaf_index >= 0"
                + " ORDER BY log, leaf_index, id",
            this::entry)
        .stream()
        .filter(entry -> entry.authentic() && entry.tellsOf(Entry.Kind.IMPORT_CLOSED))
        .flatMap(entry -> Optional.ofNullable(entry.place()).stream())
        .findFirst();
  }

  /** The leaf at a place. Should somebody have given two rows one place, the older row. */
  public Optional<StoredEntry> at(int log, long index) {
    return one(
        SELECT_ENTRY + "WHERE log = ? AND leaf_index = ? ORDER BY log, leaf_index, id" + FIRST,
        this::entry,
        log,
        index);
  }

  /** The leaves from one place on up to another, which is not among them. */
  public List<StoredEntry> between(int log, long from, long to) {
    return list(
        SELECT_ENTRY
            + "WHERE log = ? AND leaf_index >= ? AND leaf_index < ?"
            + " ORDER BY log, leaf_index, id",
        this::entry,
        log,
        from,
        to);
  }

  /** The oldest of the entries that wait for their places. */
  public List<StoredEntry> pending(int most) {
    return list(
        SELECT_ENTRY + "WHERE log IS NULL ORDER BY log, leaf_index, id FETCH FIRST ? ROWS ONLY",
        this::entry,
        most);
  }

  /** The highest version of the resource that the log knows, by its birth, or else by any entry. */
  public Optional<StoredEntry> newest(String type, String id) {
    return one(
        SELECT_ENTRY
            + "WHERE resource_id = ? AND resource_type = ? AND log IS DISTINCT FROM 0"
            + " ORDER BY version DESC,"
            + " CASE WHEN action IN ('relabel', 'expunge') THEN 1 ELSE 0 END, id"
            + FIRST,
        this::entry,
        id,
        type);
  }

  /** The tiles of a log, each read when asked for. */
  public TileReader tiles(int log) {
    return (level, index) ->
        one(TileTable.SELECT, row -> row.getBytes(1), log, level, index).orElse(new byte[0]);
  }

  public Optional<StoredCheckpoint> newestCheckpoint(int log) {
    return checkpoint("ORDER BY log DESC, tree_size DESC", log);
  }

  /** The newest head that the ledger has accepted. */
  public Optional<StoredCheckpoint> newestAnchored(int log) {
    return checkpoint("AND receipt IS NOT NULL ORDER BY log DESC, tree_size DESC", log);
  }

  public Optional<StoredCheckpoint> checkpointAt(int log, long size) {
    return checkpoint("AND tree_size = ?", log, size);
  }

  /** Heads of more than {@code size} leaves, smallest first. */
  List<StoredCheckpoint> checkpointsAfter(int log, long size, int most) {
    return list(
        SELECT_CHECKPOINT + "AND tree_size > ? ORDER BY log, tree_size FETCH FIRST ? ROWS ONLY",
        StoredCheckpoint::of,
        log,
        size,
        most);
  }

  private Optional<StoredCheckpoint> checkpoint(String condition, Object... parameters) {
    return one(SELECT_CHECKPOINT + condition + FIRST, StoredCheckpoint::of, parameters);
  }

  private StoredEntry entry(ResultSet row) throws SQLException {
    return StoredEntry.of(row, mac);
  }

  private long count(String sql) {
    return one(sql, row -> row.getLong(1)).orElse(0L);
  }

  private <T> Optional<T> one(String sql, RowMapper<T> mapper, Object... parameters) {
    return list(sql, mapper, parameters).stream().findFirst();
  }

  private <T> List<T> list(String sql, RowMapper<T> mapper, Object... parameters) {
    try {
      if (connection != null) {
        return list(connection, sql, mapper, parameters);
      }
      try (Connection own = dataSource.getConnection()) {
        return list(own, sql, mapper, parameters);
      }
    } catch (SQLException e) {
      throw new LogStoreException("the log could not be read", e);
    }
  }

  private static <T> List<T> list(
      Connection connection, String sql, RowMapper<T> mapper, Object[] parameters)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        select.setObject(i + 1, parameters[i]);
      }
      try (ResultSet rows = select.executeQuery()) {
        List<T> all = new ArrayList<>();
        while (rows.next()) {
          all.add(mapper.map(rows));
        }
        return all;
      }
    }
  }
}
