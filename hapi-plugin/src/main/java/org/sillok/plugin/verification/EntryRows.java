package org.sillok.plugin.verification;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sillok.canonical.Nonce;
import org.sillok.log.EntryMac;
import org.sillok.log.ResourceVersion;
import org.sillok.verification.LoggedEntry;

/** Rows of {@code sillok_entry}. */
final class EntryRows {

  static final String COLUMNS =
      "e.id, e.resource_type, e.resource_id, e.version, e.kind, e.action, e.entry, e.nonce, e.mac, e.log,"
          + " e.leaf_index";

  private final EntryMac mac;

  EntryRows(EntryMac mac) {
    this.mac = mac;
  }

  LoggedEntry read(ResultSet row) throws SQLException {
    String json = Objects.requireNonNullElse(row.getString(7), "");
    byte[] nonce = row.getBytes(8);
    return LoggedEntry.of(
        row.getLong(1),
        columns(row),
        row.getString(5),
        row.getString(6),
        json,
        nonce == null || nonce.length != Nonce.SIZE ? null : Nonce.of(nonce),
        mac.matches(nonce, json.getBytes(UTF_8), row.getBytes(9)),
        row.getObject(10, Integer.class),
        row.getObject(11, Long.class));
  }

  private static @Nullable ResourceVersion columns(ResultSet row) throws SQLException {
    String type = row.getString(2);
    String id = row.getString(3);
    try {
      return type == null || id == null ? null : new ResourceVersion(type, id, row.getLong(4));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
