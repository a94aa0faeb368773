package org.sillok.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sillok.log.LogFinding.Kind;

/** A placed row with all its columns, for the audit. */
final class AuditedEntry {

  static final String COLUMNS =
      "id, leaf_index, kind, action, resource_type, resource_id, version, entry, nonce, mac";

  final long id;
  final long index;
  private final @Nullable String kind;
  private final @Nullable String action;
  private final @Nullable String type;
  private final @Nullable String resourceId;
  private final @Nullable Long version;
  private final String text;
  final byte[] bytes;
  private final boolean authentic;

  AuditedEntry(ResultSet row, EntryMac mac) throws SQLException {
    id = row.getLong(1);
    index = row.getLong(2);
    kind = row.getString(3);
    action = row.getString(4);
    type = row.getString(5);
    resourceId = row.getString(6);
    long number = row.getLong(7);
    version = row.wasNull() ? null : number;
    text = Objects.requireNonNullElse(row.getString(8), "");
    bytes = text.getBytes(UTF_8);
    authentic = mac.matches(row.getBytes(9), bytes, row.getBytes(10));
  }

  void check(List<LogFinding> findings) {
    if (!authentic) {
      findings.add(new LogFinding(Kind.ENTRY_MAC_INVALID, index, "row " + id));
    }
    try {
      Entry entry = Entry.parse(text);
      if (!columnsSay(entry)) {
        findings.add(new LogFinding(Kind.ENTRY_COLUMNS_DIFFER, index, "row " + id));
      }
    } catch (EntryFormatException e) {
      findings.add(
          new LogFinding(Kind.ENTRY_MALFORMED, index, "row " + id + ": " + e.getMessage()));
    }
  }

  private boolean columnsSay(Entry entry) {
    ResourceVersion subject = entry.subject();
    return entry.kind().code().equals(kind)
        && entry.actionCode().equals(action)
        && Objects.equals(type, subject == null ? null : subject.type())
        && Objects.equals(resourceId, subject == null ? null : subject.id())
        && Objects.equals(version, subject == null ? null : subject.version());
  }
}
