package org.sillok.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import javax.sql.DataSource;
import org.sillok.note.SignerKey;

/**
 * Opens the database's log at start, or creates it. A server writes only to a log whose format it
 * knows and whose keys it has.
 */
public final class LogStore {

  /** What this version reads and writes. */
  public static final String FORMAT = "sillok-log-v1";

  private static final String SELECT =
      "SELECT log, format, origin, vkey, mac_key_id FROM sillok_log ORDER BY log";
  private static final String INSERT =
      "INSERT INTO sillok_log (log, format, origin, vkey, mac_key_id, tree_size, created_at)"
          + " VALUES (1, ?, ?, ?, ?, 0, ?)";

  private record Row(int log, String format, String origin, String vkey, String macKeyId) {}

  private final DataSource dataSource;
  private final LogKeys keys;
  private final InstantSource clock;

  public LogStore(DataSource dataSource, LogKeys keys, InstantSource clock) {
    this.dataSource = dataSource;
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * The open log: the newest, signed for by the key that the ledger named last. On an empty
   * database, log 1 of a new or existing key; several servers with the same key files may do so at
   * once.
   *
   * @param origin the name that the configuration wants, if any
   * @throws ForeignLogException if the database's log is of another format or other keys, or has
   *     another name than {@code origin}
   * @throws KeyFileException if a key file cannot be used
   * @throws LogStoreException if the database fails
   */
  public OpenLog open(Optional<String> origin) {
    try {
      Optional<Row> stored = newest();
      if (stored.isEmpty()) {
        create(keys.log(() -> origin.orElseGet(keys::randomOrigin)), origin);
        stored = newest();
      }
      return withKeys(
          stored.orElseThrow(() -> new SQLException("sillok_log is empty after the insert")),
          origin);
    } catch (SQLException e) {
      throw new LogStoreException("the log could not be opened", e);
    }
  }

  private Optional<Row> newest() throws SQLException {
    Optional<Row> newest = Optional.empty();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select = connection.prepareStatement(SELECT);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        Row row =
            new Row(
                rows.getInt(1),
                rows.getString(2),
                rows.getString(3),
                rows.getString(4),
                rows.getString(5));
        refuseAnotherFormat(row);
        newest = Optional.of(row);
      }
    }
    return newest;
  }

  private static void refuseAnotherFormat(Row row) {
    if (!row.format.equals(FORMAT)) {
      throw new ForeignLogException(
          "log "
              + row.log
              + " in this database is of format "
              + row.format
              + ", and this server knows only "
              + FORMAT
              + "; use the version of Sillok that wrote it. Nothing was changed");
    }
  }

  private void create(SignerKey signer, Optional<String> origin) throws SQLException {
    refuseAnotherOrigin(signer.verifier().name(), origin, keys.file(LogKeys.LOG_KEY).toString());
    try (Connection connection = dataSource.getConnection();
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setString(1, FORMAT);
      insert.setString(2, signer.verifier().name());
      insert.setString(3, signer.verifier().toString());
      insert.setString(4, keys.entryMac().keyId());
      insert.setObject(5, OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
      insert.executeUpdate();
    } catch (SQLException e) {
      if (newest().isEmpty()) {
        throw e;
      }
      // Another server was quicker; whether it has the same keys is checked next.
    }
  }

  private OpenLog withKeys(Row row, Optional<String> origin) {
    refuseAnotherOrigin(row.origin, origin, "this database");
    LogKeyRing ring = keys.ring();
    if (ring.signers().isEmpty()) {
      throw otherKey(row, LogKeys.LOG_KEY, "is not there");
    }
    refuseAMissingKey(row, LogKeys.ENTRY_MAC_KEY);
    SignerKey signer =
        ring.signer(row.vkey)
            .orElseThrow(
                () ->
                    otherKey(
                        row,
                        LogKeys.LOG_KEY,
                        "and its like (log-*.key) are of the keys " + ring.signers()));
    EntryMac mac = keys.entryMac();
    if (!mac.keyId().equals(row.macKeyId)) {
      throw otherKey(row, LogKeys.ENTRY_MAC_KEY, "is another one");
    }
    return new OpenLog(row.log, signer, mac, keys::ring);
  }

  private static void refuseAnotherOrigin(String got, Optional<String> want, String where) {
    if (want.isPresent() && !want.get().equals(got)) {
      throw new ForeignLogException(
          "sillok.log.origin is "
              + want.get()
              + ", but the log of "
              + where
              + " is named "
              + got
              + "; a log keeps its name, so remove the property or set it to that");
    }
  }

  private void refuseAMissingKey(Row row, String name) {
    if (!keys.has(name)) {
      throw otherKey(row, name, "is not there");
    }
  }

  private ForeignLogException otherKey(Row row, String name, String what) {
    return new ForeignLogException(
        "this database holds log "
            + row.log
            + " of the key "
            + row.vkey
            + ", but the file "
            + keys.file(name)
            + " "
            + what
            + "; copy "
            + name
            + " from the data directory of the server that created the log");
  }
}
