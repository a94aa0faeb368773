package org.sillok.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sillok.merkle.Hash;
import org.sillok.merkle.Rfc6962;

/** A row that has no place yet, with what the sequencer needs of it. */
final class PendingEntry {

  static final String COLUMNS =
      "id, action, resource_type, resource_id, version, entry, nonce, mac";

  /**
   * Births in the order of their versions; what happens to a version after its birth; expungings at
   * the end.
   */
  static final Comparator<PendingEntry> AS_IT_HAPPENED =
      Comparator.comparing(PendingEntry::isExpunge)
          .thenComparingLong(entry -> entry.version)
          .thenComparingInt(entry -> Entry.rank(entry.action));

  final long id;
  private final @Nullable String type;
  private final @Nullable String resourceId;
  private final long version;
  private final String action;
  private final byte[] entry;
  private final byte @Nullable [] nonce;
  private final byte @Nullable [] mac;

  PendingEntry(ResultSet row) throws SQLException {
    id = row.getLong(1);
    action = Objects.requireNonNullElse(row.getString(2), ""); // whoever may drop constraints
    type = row.getString(3);
    resourceId = row.getString(4);
    version = row.getLong(5);
    entry = Objects.requireNonNullElse(row.getString(6), "").getBytes(UTF_8);
    nonce = row.getBytes(7);
    mac = row.getBytes(8);
  }

  boolean isExpunge() {
    return Entry.Action.EXPUNGE.code().equals(action);
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

  SetAside asSetAside() {
    return new SetAside(id, type, resourceId, version == 0 ? null : version);
  }
}
