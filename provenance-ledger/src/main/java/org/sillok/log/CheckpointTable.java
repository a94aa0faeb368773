package org.sillok.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.sillok.merkle.Hash;
import org.sillok.note.Checkpoint;

/** Signs tree heads and keeps them. Thread-safe. */
public final class CheckpointTable {

  private static final String INSERT =
      "INSERT INTO sillok_checkpoint (log, tree_size, root, note, signed_at)"
          + " VALUES (?, ?, ?, ?, ?)";
  private static final String ANCHORED =
      "UPDATE sillok_checkpoint SET receipt = ?, anchored_at = ?"
          + " WHERE log = ? AND tree_size = ? AND root = ? AND receipt IS NULL";

  private final DataSource dataSource;
  private final OpenLog log;
  private final LogReader reader;
  private final InstantSource clock;

  public CheckpointTable(DataSource dataSource, OpenLog log, InstantSource clock) {
    this.dataSource = dataSource;
    this.log = log;
    this.reader = new LogReader(dataSource, log.mac());
    this.clock = clock;
  }

  /**
   * Signs the head and stores it, unless a head of this size is stored already, by this server or
   * another.
   *
   * @return what is stored for that size; its root may be another one
   */
  public StoredCheckpoint sign(long size, Hash root) {
    return reader
        .checkpointAt(log.number(), size)
        .orElseGet(
            () -> {
              insert(size, root);
              return reader.checkpointAt(log.number(), size).orElseThrow();
            });
  }

  private void insert(long size, Hash root) {
    String note = new Checkpoint(log.origin(), size, root).sign(log.signer()).toString();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setInt(1, log.number());
      insert.setLong(2, size);
      insert.setBytes(3, root.toBytes());
      insert.setString(4, note);
      insert.setObject(5, utc(clock.instant()));
      insert.executeUpdate();
    } catch (SQLException e) {
      if (reader.checkpointAt(log.number(), size).isEmpty()) {
        throw new LogStoreException("the checkpoint of size " + size + " could not be stored", e);
      }
      // Another server was quicker.
    }
  }

  /** Notes that the ledger has accepted the head; the first receipt stays. */
  public void anchored(long size, Hash root, String receipt) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement update = connection.prepareStatement(ANCHORED)) {
      update.setString(1, receipt);
      update.setObject(2, utc(clock.instant()));
      update.setInt(3, log.number());
      update.setLong(4, size);
      update.setBytes(5, root.toBytes());
      update.executeUpdate();
    } catch (SQLException e) {
      throw new LogStoreException("the receipt for size " + size + " could not be stored", e);
    }
  }

  private static OffsetDateTime utc(Instant instant) {
    return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
  }
}
