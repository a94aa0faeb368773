package org.sillok.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sillok.log.LogFinding.Kind;
import org.sillok.merkle.LeafHashes;

/** The entries of consecutive places, as an audit reads them: their hashes, and what is wrong. */
final class LeafChunk {

  private static final String FROM =
      " FROM sillok_entry WHERE log = ? AND leaf_index BETWEEN ? AND ?"
          + " ORDER BY log, leaf_index, id";
  private static final String HASHES = "SELECT id, leaf_index, entry" + FROM;
  private static final String ALL = "SELECT " + AuditedEntry.COLUMNS + FROM;

  final long first;
  final LeafHashes leaves;
  final List<LogFinding> findings = new ArrayList<>();
  private final BitSet there = new BitSet();
  private final int count;

  /**
   * @param mac to look at more than the hashes
   */
  LeafChunk(Connection connection, int log, long first, long end, @Nullable EntryMac mac)
      throws SQLException {
    this.first = first;
    this.count = Math.toIntExact(end - first);
    this.leaves = new LeafHashes(count);
    try (PreparedStatement select = connection.prepareStatement(mac == null ? HASHES : ALL)) {
      select.setInt(1, log);
      select.setLong(2, first);
      select.setLong(3, end - 1);
      select.setFetchSize(count);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          add(rows, mac);
        }
      }
    }
    fillUpTo(count);
  }

  /** Takes the oldest row at each place. */
  private void add(ResultSet row, @Nullable EntryMac mac) throws SQLException {
    long index = row.getLong(2);
    int at = Math.toIntExact(index - first);
    if (at < leaves.count()) {
      findings.add(new LogFinding(Kind.PLACE_TAKEN_TWICE, index, "also by row " + row.getLong(1)));
      return;
    }
    fillUpTo(at);
    there.set(at);
    if (mac == null) {
      leaves.add(Objects.requireNonNullElse(row.getString(3), "").getBytes(UTF_8));
    } else {
      AuditedEntry entry = new AuditedEntry(row, mac);
      entry.check(findings);
      leaves.add(entry.bytes);
    }
  }

  private void fillUpTo(int places) {
    while (leaves.count() < places) {
      leaves.addNothing();
    }
  }

  int count() {
    return count;
  }

  boolean has(int at) {
    return there.get(at);
  }
}
