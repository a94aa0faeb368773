package org.sillok.plugin.verification;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sillok.log.ResourceVersion;
import org.sillok.verification.ContentCheck;
import org.sillok.verification.LoggedEntry;

/**
 * Tells which version of a resource is the newest that its entries tell of and that was not
 * expunged. Only rows with this hospital's mac count; one without is no proof that the version
 * which is served is the newest. Within one snapshot; not thread-safe.
 */
final class NewestLogged {

  private static final int PAGE = 20;
  private static final String BELOW =
      "SELECT "
          + EntryRows.COLUMNS
          + " FROM sillok_entry e WHERE e.resource_id = ? AND e.resource_type = ?"
          + " AND e.version IN (SELECT DISTINCT b.version FROM sillok_entry b"
          + " WHERE b.resource_id = ? AND b.resource_type = ? AND b.version < ?"
          + " ORDER BY b.version DESC FETCH FIRST "
          + PAGE
          + " ROWS ONLY) ORDER BY e.version DESC, e.id";

  private record Resource(String type, String id) {}

  /**
   * @param alive the newest version that is told of and was not expunged
   * @param doubtful the newest one of which a row is not authentic
   */
  private record Newest(long alive, long doubtful) {}

  private final Connection connection;
  private final EntryRows rows;
  private final Map<Resource, Newest> known = new HashMap<>();

  NewestLogged(Connection connection, EntryRows rows) {
    this.connection = connection;
    this.rows = rows;
  }

  boolean is(VersionRow row, ResourceVersion version) throws SQLException {
    if (!row.laterEntries()) {
      return true;
    }
    Resource resource = new Resource(version.type(), version.id());
    Newest newest = known.get(resource);
    if (newest == null) {
      newest = find(resource);
      known.put(resource, newest);
    }
    return newest.alive() <= version.version()
        && !(row.isCurrent() && newest.doubtful() > version.version());
  }

  private Newest find(Resource resource) throws SQLException {
    long doubtful = 0;
    long below = Long.MAX_VALUE;
    Map<Long, List<LoggedEntry>> page = page(resource, below);
    while (!page.isEmpty()) {
      for (Map.Entry<Long, List<LoggedEntry>> of : page.entrySet()) {
        long version = of.getKey();
        List<LoggedEntry> entries = of.getValue();
        if (doubtful == 0 && !entries.stream().allMatch(LoggedEntry::authentic)) {
          doubtful = version;
        }
        if (ContentCheck.isAlive(entries)) {
          return new Newest(version, doubtful);
        }
        below = version;
      }
      page = page(resource, below);
    }
    return new Newest(0, doubtful);
  }

  private Map<Long, List<LoggedEntry>> page(Resource resource, long below) throws SQLException {
    Map<Long, List<LoggedEntry>> page = new LinkedHashMap<>();
    try (PreparedStatement select = connection.prepareStatement(BELOW)) {
      select.setString(1, resource.id());
      select.setString(2, resource.type());
      select.setString(3, resource.id());
      select.setString(4, resource.type());
      select.setLong(5, below);
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          page.computeIfAbsent(found.getLong(4), version -> new ArrayList<>())
              .add(rows.read(found));
        }
      }
    }
    return page;
  }
}
