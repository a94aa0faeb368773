package org.sillok.plugin.verification;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sillok.canonical.Labels;

/** Labels by the key of the row that they belong to: a version's, or a resource's. */
final class LabelRows {

  // TagTypeEnum in HAPI, kept by its ordinal
  private static final int TAG = 0;
  private static final int PROFILE = 1;
  private static final int SECURITY = 2;

  private static final class Building {
    final List<String> profiles = new ArrayList<>();
    final List<Labels.Coding> security = new ArrayList<>();
    final List<Labels.Coding> tags = new ArrayList<>();

    void add(int type, @Nullable String system, @Nullable String code) {
      if (code == null) {
        tags.add(new Labels.Coding("HFJ_TAG_DEF without code", null));
        return;
      }
      switch (type) {
        case PROFILE -> profiles.add(code);
        case SECURITY -> security.add(new Labels.Coding(system, code));
        case TAG -> tags.add(new Labels.Coding(system, code));
        default -> tags.add(new Labels.Coding("HFJ_TAG_DEF type " + type, code));
      }
    }

    Labels build() {
      return new Labels(profiles, security, tags);
    }
  }

  private LabelRows() {}

  private static int type(ResultSet row) throws SQLException {
    int type = row.getInt(2);
    return row.wasNull() ? -1 : type;
  }

  /** Wants columns: key, TAG_TYPE, TAG_SYSTEM, TAG_CODE. */
  static Map<Long, Labels> read(PreparedStatement select) throws SQLException {
    Map<Long, Building> building = new HashMap<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        building
            .computeIfAbsent(rows.getLong(1), key -> new Building())
            .add(type(rows), rows.getString(3), rows.getString(4));
      }
    }
    Map<Long, Labels> labels = new HashMap<>();
    building.forEach((key, value) -> labels.put(key, value.build()));
    return labels;
  }
}
