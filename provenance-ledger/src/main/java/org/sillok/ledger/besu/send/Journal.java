package org.sillok.ledger.besu.send;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import javax.sql.DataSource;
import org.sillok.jdbc.Transaction;
import org.sillok.jdbc.Transaction.Work;
import org.sillok.ledger.Address;
import org.sillok.ledger.LedgerUnavailableException;
import org.sillok.ledger.besu.rpc.MinedTransaction;
import org.sillok.ledger.besu.sign.SignedTransaction;
import org.sillok.merkle.Hash;

/**
 * The signed transactions in the database. The row of an account is locked while a nonce is taken,
 * so that servers that share the database never use one twice. Thread-safe.
 */
final class Journal {

  private static final String PENDING = "PENDING";
  private static final String MINED = "MINED";
  private static final String REVERTED = "REVERTED";

  /** Never mined and never will be: somebody else has used the nonce, or no node takes it. */
  private static final String LOST = "LOST";

  private static final String SELECT =
      "SELECT transaction_hash, account, nonce, signed FROM sillok_chain_transaction ";

  private final DataSource database;
  private final InstantSource clock;

  Journal(DataSource database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** What {@link #store} came to. */
  record Stored(Pending pending, boolean isNew) {}

  /**
   * Takes the account's next nonce and stores what is signed for it, before anybody sends it.
   *
   * @param lane if not empty: at most one transaction of this lane is in flight; the one that is,
   *     or that a block after {@code seen} has, comes back instead
   * @param next the account's next nonce as the chain has it
   */
  Stored store(
      Address account, String lane, long seen, long next, LongFunction<SignedTransaction> sign) {
    return in(
        connection -> {
          lock(connection, account);
          Optional<Pending> busy =
              lane.isEmpty() ? Optional.empty() : inLane(connection, account, lane, seen);
          if (busy.isPresent()) {
            return new Stored(busy.get(), false);
          }
          long nonce = free(connection, account, next);
          SignedTransaction signed = sign.apply(nonce);
          Pending pending = new Pending(signed.hash(), account, nonce, signed.toBytes());
          insert(connection, pending, lane);
          return new Stored(pending, true);
        });
  }

  /** The first nonce from {@code next} on that nothing of ours was mined with or waits with. */
  private static long free(Connection connection, Address account, long next) throws SQLException {
    Set<Long> taken = new HashSet<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT nonce FROM sillok_chain_transaction WHERE account = ? AND state <> ? AND nonce"
                + " >= ?")) {
      select.setString(1, account.toString());
      select.setString(2, LOST);
      select.setLong(3, next);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          taken.add(rows.getLong(1));
        }
      }
    }
    long nonce = next;
    while (taken.contains(nonce)) {
      nonce++;
    }
    return nonce;
  }

  private static void lock(Connection connection, Address account) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT account FROM sillok_chain_sender WHERE account = ? FOR UPDATE")) {
      select.setString(1, account.toString());
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("the account " + account + " was not announced");
        }
      }
    }
  }

  /** Makes the row that is locked for each nonce. Call it once before the account sends. */
  void announce(Address account) {
    try {
      in(
          connection -> {
            try (PreparedStatement insert =
                connection.prepareStatement(
                    "INSERT INTO sillok_chain_sender (account) SELECT ? WHERE NOT EXISTS (SELECT 1"
                        + " FROM sillok_chain_sender WHERE account = ?)")) {
              insert.setString(1, account.toString());
              insert.setString(2, account.toString());
              return insert.executeUpdate();
            }
          });
    } catch (LedgerUnavailableException e) {
      boolean meanwhile =
          e.getCause() instanceof SQLException sql
              && String.valueOf(sql.getSQLState()).startsWith("23");
      if (!meanwhile) {
        throw e;
      }
    }
  }

  private void insert(Connection connection, Pending pending, String lane) throws SQLException {
    // The same write with the same nonce is the same transaction: it may have been given up before.
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM sillok_chain_transaction WHERE transaction_hash = ? AND state = ?")) {
      delete.setBytes(1, pending.hash().toBytes());
      delete.setString(2, LOST);
      delete.executeUpdate();
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO sillok_chain_transaction (transaction_hash, account, nonce, signed, lane,"
                + " state, created) VALUES (?, ?, ?, ?, ?, ?, ?)")) {
      insert.setBytes(1, pending.hash().toBytes());
      insert.setString(2, pending.account().toString());
      insert.setLong(3, pending.nonce());
      insert.setBytes(4, pending.signed());
      insert.setString(5, lane);
      insert.setString(6, PENDING);
      insert.setObject(7, clock.instant().atOffset(ZoneOffset.UTC));
      insert.executeUpdate();
    }
  }

  /** Since a lane has at most one in flight, that is its newest one, if any. */
  private static Optional<Pending> inLane(
      Connection connection, Address account, String lane, long seen) throws SQLException {
    return select(
            connection,
            "WHERE transaction_hash = (SELECT transaction_hash FROM sillok_chain_transaction WHERE"
                + " account = ? AND lane = ? AND state <> ? ORDER BY nonce DESC FETCH FIRST 1 ROWS"
                + " ONLY) AND (state = ? OR block_number > ?)",
            account.toString(),
            lane,
            LOST,
            PENDING,
            seen)
        .stream()
        .findFirst();
  }

  /** The accounts that have something in flight. */
  List<Address> busy() {
    return in(
        connection -> {
          try (PreparedStatement select =
                  connection.prepareStatement(
                      "SELECT DISTINCT account FROM sillok_chain_transaction WHERE state = '"
                          + PENDING
                          + "'");
              ResultSet rows = select.executeQuery()) {
            List<Address> accounts = new ArrayList<>();
            while (rows.next()) {
              accounts.add(Address.parse(rows.getString(1)));
            }
            return accounts;
          }
        });
  }

  /** In the order of their nonces. */
  List<Pending> pending(Address account) {
    return in(
        connection ->
            select(
                connection,
                "WHERE account = ? AND state = ? ORDER BY nonce",
                account.toString(),
                PENDING));
  }

  void mined(Pending pending, MinedTransaction mined) {
    in(
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  "UPDATE sillok_chain_transaction SET state = ?, block_number = ?, block_hash = ?"
                      + " WHERE transaction_hash = ?")) {
            update.setString(1, mined.succeeded() ? MINED : REVERTED);
            update.setLong(2, mined.blockNumber());
            update.setBytes(3, mined.blockHash().toBytes());
            update.setBytes(4, pending.hash().toBytes());
            return update.executeUpdate();
          }
        });
  }

  void lost(Pending pending) {
    in(
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  "UPDATE sillok_chain_transaction SET state = ? WHERE transaction_hash = ? AND"
                      + " state = ?")) {
            update.setString(1, LOST);
            update.setBytes(2, pending.hash().toBytes());
            update.setString(3, PENDING);
            return update.executeUpdate();
          }
        });
  }

  /** What is in flight stays, however old. */
  void prune(Instant before) {
    in(
        connection -> {
          try (PreparedStatement delete =
              connection.prepareStatement(
                  "DELETE FROM sillok_chain_transaction WHERE created < ? AND state <> ?")) {
            delete.setObject(1, before.atOffset(ZoneOffset.UTC));
            delete.setString(2, PENDING);
            return delete.executeUpdate();
          }
        });
  }

  private static List<Pending> select(Connection connection, String where, Object... values)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT + where)) {
      for (int i = 0; i < values.length; i++) {
        select.setObject(i + 1, values[i]);
      }
      List<Pending> found = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(
              new Pending(
                  Hash.of(rows.getBytes(1)),
                  Address.parse(rows.getString(2)),
                  rows.getLong(3),
                  rows.getBytes(4)));
        }
      }
      return found;
    }
  }

  private <T> T in(Work<T> work) {
    try {
      return Transaction.run(database, work);
    } catch (SQLException e) {
      throw new LedgerUnavailableException("the database: " + e.getMessage(), e);
    }
  }
}
