package org.sillok.plugin.verification;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.sillok.canonical.Labels;
import org.sillok.log.EntryMac;
import org.sillok.log.ResourceVersion;
import org.sillok.verification.LoggedEntry;
import org.sillok.verification.StoredResource;
import org.sillok.verification.StoredVersion;
import org.sillok.verification.StoredVersions;
import org.sillok.verification.VersionPicture;

/**
 * HAPI's tables and the entries, as one snapshot each time. What HAPI keeps outside of the
 * version's row is read through {@link StoredElsewhere}.
 */
public final class JdbcStoredVersions implements StoredVersions {

  private static final String ONE =
      VersionRow.SELECT + "WHERE r.RES_TYPE = ? AND r.FHIR_ID = ? AND v.RES_VER = ?";
  private static final String PAGE =
      VersionRow.SELECT + "WHERE v.PID >= ? ORDER BY v.PID FETCH FIRST ? ROWS ONLY";
  private static final String RESOURCE =
      "SELECT r.RES_VER, r.RES_UPDATED, r.RES_DELETED_AT FROM HFJ_RESOURCE r"
          + " WHERE r.RES_TYPE = ? AND r.FHIR_ID = ?";

  private static final String IN_PAGE = "v.PID BETWEEN ? AND ?";
  private static final String VERSION_LABELS =
      "SELECT v.PID, d.TAG_TYPE, d.TAG_SYSTEM, d.TAG_CODE FROM HFJ_RES_VER v"
          + " JOIN HFJ_HISTORY_TAG t ON t.RES_VER_PID = v.PID"
          + " JOIN HFJ_TAG_DEF d ON d.TAG_ID = t.TAG_ID WHERE "
          + IN_PAGE;
  private static final String RESOURCE_LABELS =
      "SELECT v.PID, d.TAG_TYPE, d.TAG_SYSTEM, d.TAG_CODE FROM HFJ_RES_VER v"
          + " JOIN HFJ_RESOURCE r ON r.RES_ID = v.RES_ID AND r.RES_VER = v.RES_VER"
          + " JOIN HFJ_RES_TAG t ON t.RES_ID = r.RES_ID"
          + " JOIN HFJ_TAG_DEF d ON d.TAG_ID = t.TAG_ID WHERE "
          + IN_PAGE;
  private static final String PAGE_ENTRIES =
      "SELECT "
          + EntryRows.COLUMNS
          + ", v.PID FROM HFJ_RES_VER v JOIN HFJ_RESOURCE r ON r.RES_ID = v.RES_ID"
          + " JOIN sillok_entry e ON e.resource_id = r.FHIR_ID AND e.resource_type = r.RES_TYPE"
          + " AND e.version = v.RES_VER AND e.kind = 'resource' WHERE "
          + IN_PAGE
          + " ORDER BY e.id";
  private static final String ENTRIES =
      "SELECT "
          + EntryRows.COLUMNS
          + " FROM sillok_entry e WHERE e.resource_type = ? AND e.resource_id = ?"
          + " AND e.version = ? AND e.kind = 'resource' ORDER BY e.id";
  private static final String ENTRY_PAGE =
      "SELECT "
          + EntryRows.COLUMNS
          + ", v.PID FROM sillok_entry e"
          + " LEFT JOIN HFJ_RESOURCE r ON r.FHIR_ID = e.resource_id AND r.RES_TYPE = e.resource_type"
          + " LEFT JOIN HFJ_RES_VER v ON v.RES_ID = r.RES_ID AND v.RES_VER = e.version"
          + " WHERE e.id >= ? ORDER BY e.id FETCH FIRST ? ROWS ONLY";

  private final Snapshot snapshot;
  private final EntryRows entryRows;
  private final StoredElsewhere elsewhere;
  private final ZoneId zone;

  /**
   * @param zone the zone in which HAPI writes its times: the one of the JVM
   */
  public JdbcStoredVersions(
      DataSource database, EntryMac mac, StoredElsewhere elsewhere, ZoneId zone) {
    this.snapshot = new Snapshot(database);
    this.entryRows = new EntryRows(mac);
    this.elsewhere = elsewhere;
    this.zone = zone;
  }

  @Override
  public VersionPicture read(ResourceVersion version) {
    VersionPicture picture;
    try {
      picture = snapshot.read(connection -> readOne(connection, version, true));
    } catch (RuntimeException e) {
      // Of a database in trouble this fails as well; otherwise it is what the row holds.
      picture = snapshot.read(connection -> readOne(connection, version, false));
    }
    return complete(picture);
  }

  private VersionPicture readOne(
      Connection connection, ResourceVersion version, boolean withContent) throws SQLException {
    List<LoggedEntry> entries = new ArrayList<>();
    try (PreparedStatement select = keyed(connection, ENTRIES, version);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        entries.add(entryRows.read(rows));
      }
    }
    VersionRow row = null;
    try (PreparedStatement select = keyed(connection, ONE, version);
        ResultSet rows = select.executeQuery()) {
      if (rows.next()) {
        row = withContent ? VersionRow.of(rows, zone) : VersionRow.withoutContent(rows, zone);
      }
    }
    if (row == null) {
      return new VersionPicture(version, null, resource(connection, version), entries, false);
    }
    return labelled(connection, List.of(row), row.pid(), row.pid())
        .picture(row, version, entries, new NewestLogged(connection, entryRows).is(row, version));
  }

  private static PreparedStatement keyed(Connection connection, String sql, ResourceVersion version)
      throws SQLException {
    PreparedStatement select = connection.prepareStatement(sql);
    select.setString(1, version.type());
    select.setString(2, version.id());
    select.setLong(3, version.version());
    return select;
  }

  private @Nullable StoredResource resource(Connection connection, ResourceVersion version)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(RESOURCE)) {
      select.setString(1, version.type());
      select.setString(2, version.id());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? VersionRow.resource(row, zone) : null;
      }
    }
  }

  @Override
  public OptionalLong currentVersion(String type, String id) {
    return snapshot.read(
        connection -> {
          StoredResource resource = resource(connection, new ResourceVersion(type, id, 1));
          return resource == null
              ? OptionalLong.empty()
              : OptionalLong.of(resource.currentVersion());
        });
  }

  @Override
  public Page<VersionPicture> versionsAfter(long position, int limit) {
    if (position == Long.MAX_VALUE) {
      return new Page<>(List.of(), List.of(), position);
    }
    Page<VersionPicture> page = snapshot.read(connection -> readPage(connection, position, limit));
    return new Page<>(
        page.items().stream().map(this::complete).toList(), page.strays(), page.last());
  }

  private Page<VersionPicture> readPage(Connection connection, long position, int limit)
      throws SQLException {
    List<VersionRow> rows = new ArrayList<>();
    List<String> strays = new ArrayList<>();
    long last = position;
    try (PreparedStatement select = connection.prepareStatement(PAGE)) {
      select.setLong(1, first(position));
      select.setInt(2, limit);
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          VersionRow row = VersionRow.of(found, zone);
          last = row.pid();
          if (row.key() == null) {
            strays.add("HFJ_RES_VER " + row.pid());
          } else {
            rows.add(row);
          }
        }
      }
    }
    Labelled labelled = labelled(connection, rows, first(position), last);
    Map<Long, List<LoggedEntry>> entries = entries(connection, first(position), last);
    NewestLogged newest = new NewestLogged(connection, entryRows);
    List<VersionPicture> pictures = new ArrayList<>(rows.size());
    for (VersionRow row : rows) {
      ResourceVersion key = row.key();
      if (key != null) {
        pictures.add(
            labelled.picture(
                row, key, entries.getOrDefault(row.pid(), List.of()), newest.is(row, key)));
      }
    }
    return new Page<>(pictures, strays, last);
  }

  /** The lowest key after a position. */
  private static long first(long position) {
    return position == BEFORE_ALL ? BEFORE_ALL : position + 1;
  }

  private Map<Long, List<LoggedEntry>> entries(Connection connection, long from, long to)
      throws SQLException {
    Map<Long, List<LoggedEntry>> entries = new HashMap<>();
    try (PreparedStatement select = range(connection, PAGE_ENTRIES, from, to);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        entries
            .computeIfAbsent(rows.getLong(12), pid -> new ArrayList<>())
            .add(entryRows.read(rows));
      }
    }
    return entries;
  }

  private static Labelled labelled(Connection connection, List<VersionRow> rows, long from, long to)
      throws SQLException {
    Map<Long, Labels> ofVersions = Map.of();
    Map<Long, Labels> ofResources = Map.of();
    if (rows.stream().anyMatch(VersionRow::hasTags)) {
      try (PreparedStatement select = range(connection, VERSION_LABELS, from, to)) {
        ofVersions = LabelRows.read(select);
      }
    }
    if (rows.stream().anyMatch(VersionRow::resourceHasTags)) {
      try (PreparedStatement select = range(connection, RESOURCE_LABELS, from, to)) {
        ofResources = LabelRows.read(select);
      }
    }
    return new Labelled(ofVersions, ofResources);
  }

  private static PreparedStatement range(Connection connection, String sql, long from, long to)
      throws SQLException {
    PreparedStatement select = connection.prepareStatement(sql);
    select.setLong(1, from);
    select.setLong(2, to);
    return select;
  }

  /** Labels by the key of the version's row; a row that says it has none has none, as in HAPI. */
  private record Labelled(Map<Long, Labels> ofVersions, Map<Long, Labels> ofResources) {

    VersionPicture picture(
        VersionRow row, ResourceVersion key, List<LoggedEntry> entries, boolean newest) {
      Labels own = row.hasTags() ? of(ofVersions, row) : Labels.NONE;
      Labels served = row.resourceHasTags() ? of(ofResources, row) : Labels.NONE;
      return new VersionPicture(
          key, row.version(own), row.resource(row.isCurrent() ? served : null), entries, newest);
    }

    private static Labels of(Map<Long, Labels> labels, VersionRow row) {
      return labels.getOrDefault(row.pid(), Labels.NONE);
    }
  }

  @Override
  public Page<EntryPicture> entriesAfter(long position, int limit) {
    if (position == Long.MAX_VALUE) {
      return new Page<>(List.of(), List.of(), position);
    }
    return snapshot.read(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(ENTRY_PAGE)) {
            select.setLong(1, first(position));
            select.setInt(2, limit);
            try (ResultSet rows = select.executeQuery()) {
              return entryPage(rows, position);
            }
          }
        });
  }

  private Page<EntryPicture> entryPage(ResultSet rows, long position) throws SQLException {
    List<EntryPicture> entries = new ArrayList<>();
    long last = position;
    while (rows.next()) {
      LoggedEntry entry = entryRows.read(rows);
      entries.add(new EntryPicture(entry, rows.getObject(12) != null));
      last = entry.id();
    }
    return new Page<>(entries, List.of(), last);
  }

  @Override
  public Optional<RowName> versionRowAfter(long position) {
    return rowAfter(position, RowNames.VERSIONS);
  }

  @Override
  public Optional<RowName> entryRowAfter(long position) {
    return rowAfter(position, RowNames.ENTRIES);
  }

  private Optional<RowName> rowAfter(long position, RowNames names) {
    return position == Long.MAX_VALUE
        ? Optional.empty()
        : snapshot.read(connection -> names.first(connection, first(position)));
  }

  @Override
  public long countVersions() {
    return count("SELECT COUNT(*) FROM HFJ_RES_VER");
  }

  @Override
  public long countEntries() {
    return count("SELECT COUNT(*) FROM sillok_entry");
  }

  private long count(String sql) {
    return snapshot.read(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(sql);
              ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
          }
        });
  }

  private VersionPicture complete(VersionPicture picture) {
    StoredVersion stored = picture.stored();
    return stored == null
        ? picture
        : picture.withContent(elsewhere.complete(picture.version(), stored.content()));
  }
}
