package org.sillok.ledger.besu.view;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.sillok.jdbc.Transaction;
import org.sillok.jdbc.Transaction.Work;
import org.sillok.ledger.Address;
import org.sillok.ledger.ConsentKey;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.LedgerUnavailableException;
import org.sillok.ledger.LogId;
import org.sillok.ledger.besu.abi.Events;
import org.sillok.ledger.besu.abi.LedgerEvent;
import org.sillok.ledger.besu.rpc.ChainLog;
import org.sillok.merkle.Hash;

/**
 * The followed events in the database, by their place in the chain, and up to which block they are
 * complete. Several servers may add to it. Thread-safe.
 */
final class EventStore {

  private static final String CHECKPOINT = "CheckpointPublished";
  private static final String EMERGENCY = "EmergencyAnnounced";
  private static final String COLUMNS =
      "e.transaction_hash, e.log_index, e.block_number, e.block_hash, e.block_time, e.contract,"
          + " e.topics, e.data";
  private static final String SELECT = "SELECT " + COLUMNS + " FROM sillok_chain_event e ";
  private static final String IN_ORDER = " ORDER BY e.block_number, e.log_index";
  private static final String MEMBERSHIP = "'" + String.join("', '", State.MEMBERSHIP) + "'";
  private static final String CONSENT =
      "'ConsentRecorded', 'ConsentAmended', 'ConsentGranted', 'ConsentWithdrawn'";
  private static final String PROPOSAL = "'MotionProposed', 'VoteCast', 'MotionCarried'";
  private static final int FETCH = 1000;

  private final DataSource database;
  private final String ledger;

  /**
   * @param ledger which ledger the events must be of
   */
  EventStore(DataSource database, String ledger) {
    this.database = database;
    this.ledger = ledger;
  }

  /**
   * The block up to which events are complete; empty if nothing was followed yet.
   *
   * @throws IllegalStateException if another ledger was followed in this database
   */
  Optional<Cursor> cursor() {
    return in(connection -> cursor(connection, ""));
  }

  private Optional<Cursor> cursor(Connection connection, String lock) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT ledger, block_number, block_hash, block_time FROM sillok_chain_cursor"
                    + " WHERE id = 1"
                    + lock);
        ResultSet row = select.executeQuery()) {
      if (!row.next()) {
        return Optional.empty();
      }
      if (!row.getString(1).equals(ledger)) {
        throw new IllegalStateException(
            "this database has followed the ledger "
                + row.getString(1)
                + ", not "
                + ledger
                + ": no new history is begun by itself");
      }
      return Optional.of(new Cursor(row.getLong(2), Hash.of(row.getBytes(3)), time(row, 4)));
    }
  }

  /**
   * Stores what blocks {@code from} to {@code to} have. What is there already is left as it is, and
   * the cursor only goes forward, over blocks that are all there: another server may have dropped
   * what was followed before.
   *
   * @param since the first block that is followed at all
   */
  void append(List<FollowedEvent> events, long from, Cursor to, long since) {
    try {
      appendOnce(events, from, to, since);
    } catch (LedgerUnavailableException e) {
      if (!(e.getCause() instanceof SQLException sql)
          || !String.valueOf(sql.getSQLState()).startsWith("23")) {
        throw e;
      }
      // Another server has made the cursor's row meanwhile; now it can be locked.
      appendOnce(events, from, to, since);
    }
  }

  private void appendOnce(List<FollowedEvent> events, long from, Cursor to, long since) {
    in(
        connection -> {
          Optional<Cursor> stored = cursor(connection, " FOR UPDATE");
          long next = stored.map(Cursor::number).orElse(since - 1) + 1;
          if (from <= next) {
            insert(connection, events);
            if (stored.isEmpty()) {
              insertCursor(connection, to);
            } else if (stored.get().number() < to.number()) {
              moveCursor(connection, to);
            }
          }
          return to;
        });
  }

  /** Forgets everything that was followed, of whichever ledger. */
  void drop() {
    in(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM sillok_chain_cursor");
            return statement.executeUpdate("DELETE FROM sillok_chain_event");
          }
        });
  }

  private static void insert(Connection connection, List<FollowedEvent> events)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO sillok_chain_event (block_number, log_index, block_hash, block_time,"
                + " transaction_hash, contract, topics, data, kind, item, item_number)"
                + " SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM"
                + " sillok_chain_event WHERE block_number = ? AND log_index = ?)")) {
      for (FollowedEvent event : events) {
        ChainLog log = event.log();
        insert.setLong(1, log.blockNumber());
        insert.setInt(2, log.index());
        insert.setBytes(3, log.blockHash().toBytes());
        insert.setObject(4, event.blockTime().atOffset(ZoneOffset.UTC));
        insert.setBytes(5, log.transaction().toBytes());
        insert.setString(6, log.contract().toString());
        insert.setString(7, hex(log.topics()));
        insert.setBytes(8, HexFormat.of().parseHex(log.data().substring(2)));
        Optional<LedgerEvent> meaning = Events.read(log);
        insert.setString(9, meaning.map(any -> any.getClass().getSimpleName()).orElse("unknown"));
        if (meaning.isPresent() && meaning.get() instanceof LedgerEvent.CheckpointPublished head) {
          insert.setString(10, head.log().toString());
          insert.setLong(11, head.head().size());
        } else {
          insert.setString(10, hex(log.topics().stream().skip(1).limit(2).toList()));
          insert.setLong(11, 0);
        }
        insert.setLong(12, log.blockNumber());
        insert.setInt(13, log.index());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static String hex(List<Hash> topics) {
    return String.join("", topics.stream().map(Hash::toString).toList());
  }

  private void insertCursor(Connection connection, Cursor to) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO sillok_chain_cursor (id, ledger, block_number, block_hash, block_time)"
                + " VALUES (1, ?, ?, ?, ?)")) {
      insert.setString(1, ledger);
      insert.setLong(2, to.number());
      insert.setBytes(3, to.hash().toBytes());
      insert.setObject(4, to.time().atOffset(ZoneOffset.UTC));
      insert.executeUpdate();
    }
  }

  private static void moveCursor(Connection connection, Cursor to) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE sillok_chain_cursor SET block_number = ?, block_hash = ?, block_time = ?"
                + " WHERE id = 1")) {
      update.setLong(1, to.number());
      update.setBytes(2, to.hash().toBytes());
      update.setObject(3, to.time().atOffset(ZoneOffset.UTC));
      update.executeUpdate();
    }
  }

  /**
   * In the chain's order, up to a block: what the members decided, the newest head of each log, and
   * what became of the consents of one custodian.
   */
  void replay(Cursor to, @Nullable HospitalId custodian, Consumer<FollowedEvent> each) {
    in(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  SELECT
                      + "WHERE e.block_number <= ? AND (e.kind IN ("
                      + MEMBERSHIP
                      + ") OR (e.kind LIKE 'Consent%' AND e.item LIKE ?) OR (e.kind = ? AND"
                      + " e.item_number = (SELECT MAX(n.item_number) FROM sillok_chain_event n"
                      + " WHERE n.kind = e.kind AND n.item = e.item)))"
                      + IN_ORDER)) {
            select.setFetchSize(FETCH);
            select.setLong(1, to.number());
            select.setString(2, custodian == null ? "nobody" : Events.topic(custodian) + "%");
            select.setString(3, CHECKPOINT);
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                each.accept(event(rows));
              }
            }
          }
          return to;
        });
  }

  /** What became of one consent. */
  List<FollowedEvent> ofConsent(ConsentKey key, Cursor to) {
    return find(
        "WHERE e.kind IN (" + CONSENT + ") AND e.item = ? AND e.block_number <= ?" + IN_ORDER,
        Events.topic(key.custodian()) + key.id().toString(),
        to.number());
  }

  /** What became of a custodian's consents. */
  List<FollowedEvent> ofConsents(HospitalId custodian, Cursor to) {
    return find(
        "WHERE e.kind IN (" + CONSENT + ") AND e.item LIKE ? AND e.block_number <= ?" + IN_ORDER,
        Events.topic(custodian) + "%",
        to.number());
  }

  /** What became of a patient's key, and the grants that it has signed. */
  List<FollowedEvent> ofPatientKey(HospitalId custodian, Address key, Cursor to) {
    String word = "0".repeat(2 * (Hash.SIZE - Address.SIZE)) + key.toString().substring(2);
    return find(
        "WHERE ((e.kind IN ('PatientKeyRegistered', 'PatientKeyTakenOut') AND e.item = ?) OR"
            + " (e.kind = 'ConsentGranted' AND e.item LIKE ? AND e.topics LIKE ?)) AND"
            + " e.block_number <= ?"
            + IN_ORDER,
        Events.topic(custodian) + word,
        Events.topic(custodian) + "%",
        "%" + word,
        to.number());
  }

  /** Of one proposal. */
  List<FollowedEvent> ofProposal(long number, Cursor to) {
    return find(
        "WHERE e.kind IN (" + PROPOSAL + ") AND e.item LIKE ? AND e.block_number <= ?" + IN_ORDER,
        String.format(Locale.ROOT, "%064x", number) + "%",
        to.number());
  }

  /** Of all proposals. */
  List<FollowedEvent> ofProposals(Cursor to) {
    return find(
        "WHERE e.kind IN (" + PROPOSAL + ") AND e.block_number <= ?" + IN_ORDER, to.number());
  }

  /** Forgets other hospitals' heads before a time, except the newest of each log. */
  int prune(@Nullable HospitalId own, Instant before) {
    return in(
        connection -> {
          try (PreparedStatement delete =
              connection.prepareStatement(
                  "DELETE FROM sillok_chain_event WHERE kind = ? AND item NOT LIKE ? AND block_time"
                      + " < ? AND item_number < (SELECT MAX(n.item_number) FROM sillok_chain_event n"
                      + " WHERE n.kind = sillok_chain_event.kind AND n.item ="
                      + " sillok_chain_event.item)")) {
            delete.setString(1, CHECKPOINT);
            delete.setString(2, own == null ? "%" : own + "/%");
            delete.setObject(3, before.atOffset(ZoneOffset.UTC));
            return delete.executeUpdate();
          }
        });
  }

  Optional<FollowedEvent> checkpoint(LogId log, long size) {
    return find(
            "WHERE e.kind = ? AND e.item = ? AND e.item_number = ?",
            CHECKPOINT,
            log.toString(),
            size)
        .stream()
        .findFirst();
  }

  List<FollowedEvent> checkpointsAfter(LogId log, long size, int most) {
    return find(
        "WHERE e.kind = ? AND e.item = ? AND e.item_number > ? ORDER BY e.item_number"
            + " FETCH FIRST ? ROWS ONLY",
        CHECKPOINT,
        log.toString(),
        size,
        most);
  }

  List<FollowedEvent> ofTransaction(Hash transaction) {
    return find("WHERE e.transaction_hash = ?" + IN_ORDER, (Object) transaction.toBytes());
  }

  List<FollowedEvent> emergenciesSince(long block) {
    return find("WHERE e.kind = ? AND e.block_number >= ?" + IN_ORDER, EMERGENCY, block);
  }

  /** The block with the first event, which created the ledger. */
  Optional<FollowedEvent> first() {
    return find(IN_ORDER + " FETCH FIRST 1 ROWS ONLY").stream().findFirst();
  }

  private List<FollowedEvent> find(String where, Object... values) {
    return in(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(SELECT + where)) {
            for (int i = 0; i < values.length; i++) {
              select.setObject(i + 1, values[i]);
            }
            List<FollowedEvent> events = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                events.add(event(rows));
              }
            }
            return events;
          }
        });
  }

  private static FollowedEvent event(ResultSet row) throws SQLException {
    String topics = row.getString(7);
    List<Hash> hashes = new ArrayList<>();
    for (int at = 0; at < topics.length(); at += 2 * Hash.SIZE) {
      hashes.add(Hash.ofHex(topics.substring(at, at + 2 * Hash.SIZE)));
    }
    return new FollowedEvent(
        new ChainLog(
            Address.parse(row.getString(6)),
            hashes,
            "0x" + HexFormat.of().formatHex(row.getBytes(8)),
            Hash.of(row.getBytes(1)),
            row.getInt(2),
            row.getLong(3),
            Hash.of(row.getBytes(4))),
        time(row, 5));
  }

  private static Instant time(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private <T> T in(Work<T> work) {
    try {
      return Transaction.run(database, work);
    } catch (SQLException e) {
      throw new LedgerUnavailableException("the database: " + e.getMessage(), e);
    }
  }
}
