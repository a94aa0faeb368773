package org.sillok.ledger.embedded;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sillok.ledger.block.Block;
import org.sillok.merkle.Hash;

/** The head row and the blocks, within the caller's transaction. */
final class BlockStore {

  /** A block as it is stored. */
  record Row(long number, Hash hash, Hash transaction, String text) {}

  private static final String HEAD =
      "SELECT block_number, block_hash, block_time FROM sillok_ledger_head WHERE id = 1";
  private static final String BLOCK =
      "SELECT block_number, block_hash, transaction_hash, signed_block FROM sillok_ledger_block ";

  private final Connection connection;

  BlockStore(Connection connection) {
    this.connection = connection;
  }

  Optional<Head> head() throws SQLException {
    return head(HEAD);
  }

  /** Waits for other writers; they wait for this transaction's end. */
  Optional<Head> lockHead() throws SQLException {
    return head(HEAD + " FOR UPDATE");
  }

  private Optional<Head> head(String sql) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      if (!row.next()) {
        return Optional.empty();
      }
      Instant time = row.getObject(3, OffsetDateTime.class).toInstant();
      return Optional.of(new Head(row.getLong(1), Hash.of(row.getBytes(2)), time));
    }
  }

  /** Fails on the primary key if somebody else founds at the same time. */
  void insertHead(Block genesis) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO sillok_ledger_head (block_number, block_hash, block_time, id)"
                + " VALUES (?, ?, ?, 1)")) {
      setHead(insert, genesis);
      insert.executeUpdate();
    }
  }

  /** Moves the head from {@code from} to {@code block}, or says that it was not there. */
  boolean moveHead(Head from, Block block) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE sillok_ledger_head SET block_number = ?, block_hash = ?, block_time = ?"
                + " WHERE id = 1 AND block_number = ? AND block_hash = ?")) {
      setHead(update, block);
      update.setLong(4, from.number());
      update.setBytes(5, from.hash().toBytes());
      return update.executeUpdate() == 1;
    }
  }

  private static void setHead(PreparedStatement statement, Block block) throws SQLException {
    statement.setLong(1, block.number());
    statement.setBytes(2, block.hash().toBytes());
    statement.setObject(3, block.time().atOffset(ZoneOffset.UTC));
  }

  void insert(Block block, String text) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO sillok_ledger_block"
                + " (block_number, block_hash, transaction_hash, signed_block)"
                + " VALUES (?, ?, ?, ?)")) {
      insert.setLong(1, block.number());
      insert.setBytes(2, block.hash().toBytes());
      insert.setBytes(3, block.receipt().transaction().toBytes());
      insert.setString(4, text);
      insert.executeUpdate();
    }
  }

  Optional<Row> block(long number) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(BLOCK + "WHERE block_number = ?")) {
      select.setLong(1, number);
      return rows(select).stream().findFirst();
    }
  }

  Optional<Row> byTransaction(Hash transaction) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(BLOCK + "WHERE transaction_hash = ?")) {
      select.setBytes(1, transaction.toBytes());
      return rows(select).stream().findFirst();
    }
  }

  /** Up to 500 blocks from {@code number} on and below {@code end}, in order. */
  List<Row> from(long number, long end) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            BLOCK
                + "WHERE block_number >= ? AND block_number < ? ORDER BY block_number"
                + " FETCH FIRST 500 ROWS ONLY")) {
      select.setLong(1, number);
      select.setLong(2, end);
      return rows(select);
    }
  }

  private static List<Row> rows(PreparedStatement select) throws SQLException {
    List<Row> rows = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        rows.add(
            new Row(
                row.getLong(1),
                Hash.of(row.getBytes(2)),
                Hash.of(row.getBytes(3)),
                row.getString(4)));
      }
    }
    return rows;
  }
}
