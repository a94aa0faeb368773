package org.sillok.plugin.verification;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.sillok.canonical.Labels;
import org.sillok.log.ResourceVersion;
import org.sillok.verification.Content;
import org.sillok.verification.StoredResource;
import org.sillok.verification.StoredTime;
import org.sillok.verification.StoredVersion;

/**
 * A row of {@code HFJ_RES_VER} with the row of {@code HFJ_RESOURCE} that it belongs to.
 *
 * @param text FHIR JSON; null for a deletion, and where {@code broken} says why there is none
 */
record VersionRow(
    long pid,
    @Nullable ResourceVersion key,
    String type,
    @Nullable String text,
    @Nullable String broken,
    StoredTime updated,
    @Nullable StoredTime deleted,
    boolean hasTags,
    long currentVersion,
    StoredTime resourceUpdated,
    @Nullable StoredTime resourceDeleted,
    boolean resourceHasTags,
    boolean laterEntries,
    boolean doubled) {

  // Whether a row of the log names a later version; who wrote that row is another question.
  private static final String LATER =
      "EXISTS (SELECT 1 FROM sillok_entry e"
          + " WHERE e.resource_id = r.FHIR_ID AND e.resource_type = r.RES_TYPE"
          + " AND e.version > v.RES_VER)";

  // HAPI's own constraints forbid it; they can be dropped.
  private static final String DOUBLED =
      "EXISTS (SELECT 1 FROM HFJ_RES_VER w WHERE w.RES_ID = v.RES_ID"
          + " AND w.RES_VER = v.RES_VER AND w.PID <> v.PID), "
          + "EXISTS (SELECT 1 FROM HFJ_RESOURCE q WHERE q.RES_TYPE = r.RES_TYPE"
          + " AND q.FHIR_ID = r.FHIR_ID AND q.RES_ID <> r.RES_ID)";

  /** To be completed by a condition on v (the version) and r (the resource). */
  static final String SELECT =
      "SELECT v.PID, r.RES_TYPE, r.FHIR_ID, v.RES_VER, v.RES_TYPE, v.RES_ENCODING, v.RES_TEXT_VC,"
          + " v.RES_TEXT, v.RES_UPDATED, v.RES_DELETED_AT, v.HAS_TAGS, r.RES_VER, r.RES_UPDATED,"
          + " r.RES_DELETED_AT, r.HAS_TAGS, "
          + LATER
          + ", "
          + DOUBLED
          + " FROM HFJ_RES_VER v JOIN HFJ_RESOURCE r ON r.RES_ID = v.RES_ID ";

  static VersionRow of(ResultSet row, ZoneId zone) throws SQLException {
    String encoding = Objects.requireNonNullElse(row.getString(6), "none");
    try {
      String text = text(row, encoding);
      return of(row, zone, text, contradiction(encoding, text, time(row, 10, zone) != null));
    } catch (IOException e) {
      return of(row, zone, null, "its compressed text cannot be read");
    }
  }

  /** The same of a row whose content the database cannot give. */
  static VersionRow withoutContent(ResultSet row, ZoneId zone) throws SQLException {
    return of(row, zone, null, "the database cannot give its content");
  }

  private static VersionRow of(
      ResultSet row, ZoneId zone, @Nullable String text, @Nullable String broken)
      throws SQLException {
    return new VersionRow(
        row.getLong(1),
        key(row.getString(2), row.getString(3), row.getLong(4)),
        Objects.requireNonNullElse(row.getString(5), "none"),
        text,
        broken,
        must(row, 9, zone),
        time(row, 10, zone),
        row.getBoolean(11),
        row.getLong(12),
        must(row, 13, zone),
        time(row, 14, zone),
        row.getBoolean(15),
        row.getBoolean(16),
        row.getBoolean(17) || row.getBoolean(18));
  }

  private static @Nullable ResourceVersion key(String type, @Nullable String id, long version) {
    try {
      return id == null ? null : new ResourceVersion(type, id, version);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  // HAPI: JSON is text or bytes, JSONC is gzip, DEL has neither, ESR lies outside of the database.
  private static @Nullable String text(ResultSet row, String encoding)
      throws SQLException, IOException {
    String text = row.getString(7);
    if (text != null) {
      return text;
    }
    byte[] bytes = bytes(row);
    if (bytes == null) {
      return null;
    }
    if (!encoding.equals("JSONC")) {
      return new String(bytes, UTF_8);
    }
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  // A large object on PostgreSQL, which only getBlob follows.
  private static byte @Nullable [] bytes(ResultSet row) throws SQLException {
    Blob blob = row.getBlob(8);
    return blob == null || blob.length() == 0 ? null : blob.getBytes(1, (int) blob.length());
  }

  private static @Nullable String contradiction(
      String encoding, @Nullable String text, boolean deleted) {
    boolean deletion = encoding.equals("DEL");
    if (encoding.equals("ESR")) {
      return "it is kept outside of the database";
    }
    if (deletion != deleted) {
      return "its encoding is " + encoding + (deleted ? ", but it is deleted" : ", undeleted");
    }
    if (deletion == (text != null)) {
      return deletion ? "a deletion with a text" : "no text";
    }
    return null;
  }

  /** No time at all, which only somebody else than HAPI can have written, is that of no entry. */
  private static StoredTime must(ResultSet row, int column, ZoneId zone) throws SQLException {
    return Objects.requireNonNullElse(
        time(row, column, zone), new StoredTime(LocalDateTime.MIN.withYear(1), zone));
  }

  private static @Nullable StoredTime time(ResultSet row, int column, ZoneId zone)
      throws SQLException {
    LocalDateTime local = row.getObject(column, LocalDateTime.class);
    return local == null ? null : new StoredTime(local, zone);
  }

  StoredVersion version(Labels labels) {
    return new StoredVersion(type, content(labels), updated, deleted, doubled);
  }

  private Content content(Labels labels) {
    if (broken != null) {
      return new Content.Unreadable(broken);
    }
    return text == null ? new Content.Deletion() : new Content.Text(text, labels);
  }

  boolean isCurrent() {
    return key != null && key.version() == currentVersion;
  }

  StoredResource resource(@Nullable Labels labels) {
    return new StoredResource(currentVersion, resourceUpdated, resourceDeleted, labels);
  }

  /** From RES_VER, RES_UPDATED and RES_DELETED_AT of a resource's row. */
  static StoredResource resource(ResultSet row, ZoneId zone) throws SQLException {
    return new StoredResource(row.getLong(1), must(row, 2, zone), time(row, 3, zone), null);
  }
}
