package org.sillok.log;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sillok.merkle.Hash;

/**
 * A signed tree head of one of this hospital's logs.
 *
 * @param note the C2SP signed note
 * @param receipt the ledger's receipt as JSON; empty until the ledger has accepted the head
 * @param anchoredAt when the receipt came
 */
public record StoredCheckpoint(
    int log,
    long size,
    Hash root,
    String note,
    Instant signedAt,
    Optional<String> receipt,
    Optional<Instant> anchoredAt) {

  static final String COLUMNS = "log, tree_size, root, note, signed_at, receipt, anchored_at";

  static StoredCheckpoint of(ResultSet row) throws SQLException {
    return new StoredCheckpoint(
        row.getInt("log"),
        row.getLong("tree_size"),
        root(row.getBytes("root")),
        row.getString("note"),
        row.getObject("signed_at", OffsetDateTime.class).toInstant(),
        Optional.ofNullable(row.getString("receipt")),
        Optional.ofNullable(row.getObject("anchored_at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant));
  }

  /** What is no hash becomes one of which no note tells, so that whoever compares them says so. */
  private static Hash root(byte @Nullable [] stored) {
    return Hash.of(stored == null || stored.length != Hash.SIZE ? new byte[Hash.SIZE] : stored);
  }
}
