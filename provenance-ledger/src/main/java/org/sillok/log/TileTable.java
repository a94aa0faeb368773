package org.sillok.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.sillok.merkle.Tile;
import org.sillok.merkle.TileReader;

/** The tiles of one log within one transaction. */
final class TileTable implements TileReader {

  static final String SELECT =
      "SELECT hashes FROM sillok_tile WHERE log = ? AND level = ? AND tile_index = ?";
  private static final String UPDATE =
      "UPDATE sillok_tile SET hashes = ? WHERE log = ? AND level = ? AND tile_index = ?";
  private static final String INSERT =
      "INSERT INTO sillok_tile (hashes, log, level, tile_index) VALUES (?, ?, ?, ?)";

  private final Connection connection;
  private final int log;

  TileTable(Connection connection, int log) {
    this.connection = connection;
    this.log = log;
  }

  @Override
  public byte[] hashes(int level, long index) {
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setInt(1, log);
      select.setInt(2, level);
      select.setLong(3, index);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? rows.getBytes(1) : new byte[0];
      }
    } catch (SQLException e) {
      throw new LogStoreException("tile " + level + "/" + index + " could not be read", e);
    }
  }

  void write(Tile tile) throws SQLException {
    write(tile.level(), tile.index(), tile.toBytes());
  }

  void write(int level, long index, byte[] hashes) throws SQLException {
    if (write(UPDATE, level, index, hashes) == 0) {
      write(INSERT, level, index, hashes);
    }
  }

  private int write(String sql, int level, long index, byte[] hashes) throws SQLException {
    try (PreparedStatement change = connection.prepareStatement(sql)) {
      change.setBytes(1, hashes);
      change.setInt(2, log);
      change.setInt(3, level);
      change.setLong(4, index);
      return change.executeUpdate();
    }
  }
}
