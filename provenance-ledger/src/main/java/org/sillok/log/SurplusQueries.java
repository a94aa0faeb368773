package org.sillok.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.sillok.log.LogFinding.Kind;
import org.sillok.merkle.Hash;
import org.sillok.merkle.Tile;

/**
 * Finds rows that should not be there. The log may grow meanwhile, so each row is judged by the
 * tree size that the same statement reads.
 */
final class SurplusQueries {

  private static final String OF_THE_LOG =
      "SELECT e.id, e.leaf_index FROM sillok_entry e JOIN sillok_log l ON l.log = e.log"
          + " WHERE e.log = ? AND ";
  private static final String[] OUTSIDE = {
    OF_THE_LOG + "e.leaf_index < 0",
    OF_THE_LOG + "e.leaf_index IS NULL",
    OF_THE_LOG + "e.leaf_index >= ? AND e.leaf_index >= l.tree_size"
  };
  private static final String[] OF_NO_LOG = {
    "SELECT id, log FROM sillok_entry WHERE log < 0",
    "SELECT id, log FROM sillok_entry WHERE log > (SELECT MAX(log) FROM sillok_log)"
  };
  private static final String SET_ASIDE = "SELECT id FROM sillok_entry WHERE log = 0";
  // In the order of the index sillok_entry_version. Each expunging ends a life of one birth.
  private static final String SECOND_BIRTHS =
      "SELECT MAX(CASE WHEN action <> 'expunge' THEN id END) FROM sillok_entry"
          + " WHERE kind = 'resource' AND action <> 'relabel' AND (log IS NULL OR log <> 0)"
          + " GROUP BY resource_id, resource_type, version"
          + " HAVING COUNT(*) > 1 + 2 * SUM(CASE WHEN action = 'expunge' THEN 1 ELSE 0 END)";
  private static final String TILES =
      "SELECT t.level, t.tile_index, t.hashes, l.tree_size"
          + " FROM sillok_tile t JOIN sillok_log l ON l.log = t.log WHERE t.log = ? AND ";
  private static final int LEVELS = Long.SIZE / Tile.HEIGHT;

  private final Connection connection;
  private final int log;
  private final long size;
  private final AuditFindings findings;

  /**
   * @param size at some time before; the log has not become smaller
   */
  SurplusQueries(Connection connection, int log, long size, AuditFindings findings) {
    this.connection = connection;
    this.log = log;
    this.size = size;
    this.findings = findings;
  }

  void entries() throws SQLException {
    for (int i = 0; i < OUTSIDE.length; i++) {
      Object[] parameters = i < 2 ? new Object[] {log} : new Object[] {log, size};
      query(
          OUTSIDE[i],
          row -> findings.add(Kind.PLACE_OUTSIDE, row.getLong(1), "leaf index " + row.getString(2)),
          parameters);
    }
    for (String sql : OF_NO_LOG) {
      query(
          sql, row -> findings.add(Kind.PLACE_OUTSIDE, row.getLong(1), "no log " + row.getInt(2)));
    }
    query(SET_ASIDE, row -> findings.add(Kind.ENTRY_SET_ASIDE, row.getLong(1), "its mac is wrong"));
    query(
        SECOND_BIRTHS,
        row -> findings.add(Kind.SECOND_BIRTH, row.getLong(1), "one birth entry wanted"));
  }

  void tiles() throws SQLException {
    query(TILES + "t.level < 0", this::checkTile, log);
    query(TILES + "t.level >= ?", this::checkTile, log, LEVELS);
    for (int level = 0; level < LEVELS; level++) {
      long edge = size >>> (Tile.HEIGHT * level) >>> Tile.HEIGHT;
      query(TILES + "t.level = ? AND t.tile_index >= ?", this::checkTile, log, level, edge);
      query(TILES + "t.level = ? AND t.tile_index < 0", this::checkTile, log, level);
    }
  }

  private void checkTile(ResultSet row) throws SQLException {
    int level = row.getInt(1);
    long index = row.getLong(2);
    boolean exists = level >= 0 && level < LEVELS && index >= 0;
    long inLevel = exists ? row.getLong(4) >>> (Tile.HEIGHT * level) : 0;
    long width = Math.min(Tile.WIDTH, inLevel - index * Tile.WIDTH);
    int bytes = row.getBytes(3).length;
    if (!exists || width <= 0 || bytes != width * Hash.SIZE) {
      findings.add(
          exists && width > 0 && bytes < width * Hash.SIZE
              ? Kind.TILE_INCOMPLETE
              : Kind.TILE_SURPLUS,
          exists ? index << (Tile.HEIGHT * (level + 1)) : index,
          "tile/"
              + level
              + "/"
              + index
              + " has "
              + bytes
              + " bytes, want "
              + Math.max(0, width) * Hash.SIZE);
    }
  }

  private interface Row {
    void take(ResultSet row) throws SQLException;
  }

  private void query(String sql, Row each, Object... parameters) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        select.setObject(i + 1, parameters[i]);
      }
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          each.take(rows);
        }
      }
    }
  }
}
