package org.sillok.log;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
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
        Hash.of(row.getBytes("root")),
        row.getString("note"),
        row.getObject("signed_at", OffsetDateTime.class).toInstant(),
        Optional.ofNullable(row.getString("receipt")),
        Optional.ofNullable(row.getObject("anchored_at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant));
  }
}
