package org.sillok.plugin.verification;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sillok.log.ResourceVersion;
import org.sillok.verification.StoredVersions.RowName;

/** Names rows by their keys alone, whatever else is in them. */
enum RowNames {
  VERSIONS(
      "HFJ_RES_VER ",
      "SELECT v.PID, r.RES_TYPE, r.FHIR_ID, v.RES_VER FROM HFJ_RES_VER v"
          + " JOIN HFJ_RESOURCE r ON r.RES_ID = v.RES_ID WHERE v.PID >= ? ORDER BY v.PID"),
  ENTRIES(
      "sillok_entry ",
      "SELECT e.id, e.resource_type, e.resource_id, e.version FROM sillok_entry e"
          + " WHERE e.id >= ? ORDER BY e.id");

  private final String table;
  private final String select;

  RowNames(String table, String select) {
    this.table = table;
    this.select = select + " FETCH FIRST 1 ROWS ONLY";
  }

  /** The row of the lowest key that is not below {@code key}. */
  Optional<RowName> first(Connection connection, long key) throws SQLException {
    try (PreparedStatement named = connection.prepareStatement(select)) {
      named.setLong(1, key);
      try (ResultSet row = named.executeQuery()) {
        return row.next()
            ? Optional.of(new RowName(row.getLong(1), table + row.getLong(1), version(row)))
            : Optional.empty();
      }
    }
  }

  private static @Nullable ResourceVersion version(ResultSet row) throws SQLException {
    String type = row.getString(2);
    String id = row.getString(3);
    try {
      return type == null || id == null ? null : new ResourceVersion(type, id, row.getLong(4));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
