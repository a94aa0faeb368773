package org.sillok.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sillok.merkle.Hash;
import org.sillok.merkle.Rfc6962;

/** A row that has no place yet, with what the sequencer needs of it. */
final class PendingEntry {

  static final String COLUMNS =
      "id, action, resource_type, resource_id, version, entry, nonce, mac";

  final long id;
  final @Nullable String type;
  final @Nullable String resourceId;
  final long version;
  private final String action;
  private final byte[] entry;
  private final byte @Nullable [] nonce;
  private final byte[] mac;

  PendingEntry(ResultSet row) throws SQLException {
    id = row.getLong(1);
    action = row.getString(2);
    type = row.getString(3);
    resourceId = row.getString(4);
    version = row.getLong(5);
    entry = row.getString(6).getBytes(UTF_8);
    nonce = row.getBytes(7);
    mac = row.getBytes(8);
  }

  boolean isAuthentic(EntryMac key) {
    return key.matches(nonce, entry, mac);
  }

  Hash leaf() {
    return Rfc6962.leaf(entry);
  }

  /** Type and id, or null for an entry about no resource. */
  @Nullable String resource() {
    return type == null || resourceId == null ? null : type + '/' + resourceId;
  }

  /** Whether no entry of the same resource can belong before this one. */
  boolean isFirst() {
    return version <= 1 && rank() == 0;
  }

  /** Births in the order of their versions, what happens to a version after its birth. */
  boolean isBefore(PendingEntry other) {
    return version != other.version ? version < other.version : rank() < other.rank();
  }

  private int rank() {
    if (action.equals(Entry.Action.EXPUNGE.code())) {
      return 2;
    }
    return action.equals(Entry.Action.RELABEL.code()) ? 1 : 0;
  }

  SetAside asSetAside() {
    return new SetAside(id, type, resourceId, version == 0 ? null : version);
  }
}
