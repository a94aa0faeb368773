package org.sillok.plugin.reconcile;

import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sillok.log.EntryMac;
import org.sillok.log.ResourceVersion;
import org.sillok.reconcile.Finding;
import org.sillok.verification.Step;

/**
 * The table {@code sillok_finding}. A row that no server of this hospital has written, or that was
 * changed since, is as good as none.
 */
final class FindingRows {

  private static final String SELECT =
      "SELECT id, step, subject, resource_type, resource_id, version, detail, first_seen,"
          + " last_seen, mac FROM sillok_finding ";
  private static final String INSERT =
      "INSERT INTO sillok_finding (id, step, subject, resource_type, resource_id, version, detail,"
          + " first_seen, last_seen, mac) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String SEEN =
      "UPDATE sillok_finding SET last_seen = ?, mac = ? WHERE id = ?";
  private static final String REMOVE = "DELETE FROM sillok_finding WHERE id >= ?";

  private final EntryMac mac;

  FindingRows(EntryMac mac) {
    this.mac = mac;
  }

  /** Times to the millisecond. */
  record Row(long id, Finding finding, Instant firstSeen, Instant lastSeen) {

    Row seen(Instant at) {
      return new Row(id, finding, firstSeen, at);
    }
  }

  /** Those that a server wrote. */
  List<Row> list(Connection connection, String condition, Object... parameters)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT + condition)) {
      for (int i = 0; i < parameters.length; i++) {
        select.setObject(i + 1, parameters[i]);
      }
      List<Row> found = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          read(rows).ifPresent(found::add);
        }
      }
      return found;
    }
  }

  /** Those from one number to another. */
  Map<Long, Row> between(Connection connection, long first, long last) throws SQLException {
    Map<Long, Row> there = new HashMap<>();
    list(connection, "WHERE id BETWEEN ? AND ?", first, last)
        .forEach(row -> there.put(row.id(), row));
    return there;
  }

  /** The newest row of exactly this finding. */
  Optional<Row> newest(Connection connection, Finding finding) throws SQLException {
    return list(
            connection,
            "WHERE subject = ? AND step = ? ORDER BY id DESC",
            finding.subject(),
            finding.step().code())
        .stream()
        .filter(row -> row.finding().equals(finding))
        .findFirst();
  }

  private Optional<Row> read(ResultSet row) throws SQLException {
    try {
      String type = row.getString(4);
      Finding finding =
          new Finding(
              Step.of(row.getString(2)),
              row.getString(3),
              type == null ? null : new ResourceVersion(type, row.getString(5), row.getLong(6)),
              row.getString(7));
      Row read = new Row(row.getLong(1), finding, instant(row, 8), instant(row, 9));
      return MessageDigest.isEqual(mac(read), row.getBytes(10))
          ? Optional.of(read)
          : Optional.empty();
    } catch (IllegalArgumentException | NullPointerException e) {
      return Optional.empty(); // whoever may drop constraints
    }
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  /** The rows taken: none, if a trigger does not want it. */
  int insert(Connection connection, Row row) throws SQLException {
    ResourceVersion version = row.finding().version();
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setLong(1, row.id());
      insert.setString(2, row.finding().step().code());
      insert.setString(3, row.finding().subject());
      insert.setString(4, version == null ? null : version.type());
      insert.setString(5, version == null ? null : version.id());
      insert.setObject(6, version == null ? null : version.version(), Types.BIGINT);
      insert.setString(7, row.finding().detail());
      insert.setObject(8, utc(row.firstSeen()));
      insert.setObject(9, utc(row.lastSeen()));
      insert.setBytes(10, mac(row));
      return insert.executeUpdate();
    }
  }

  void seen(Connection connection, Row row) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(SEEN)) {
      update.setObject(1, utc(row.lastSeen()));
      update.setBytes(2, mac(row));
      update.setLong(3, row.id());
      update.executeUpdate();
    }
  }

  /** What stands where no server has written yet. */
  void removeFrom(Connection connection, long id) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(REMOVE)) {
      delete.setLong(1, id);
      delete.executeUpdate();
    }
  }

  private byte[] mac(Row row) {
    return mac.ofText("sillok-finding-v1\n" + row.id() + text(row.finding()) + times(row));
  }

  private static String times(Row row) {
    return "\n" + row.firstSeen() + "\n" + row.lastSeen();
  }

  /** Without a part that might be two: no part has a line's end. */
  static String text(@Nullable Finding finding) {
    return finding == null
        ? "\nlost"
        : String.join(
            "\n",
            "",
            finding.step().code(),
            finding.subject(),
            String.valueOf(finding.version()),
            finding.detail());
  }

  static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
