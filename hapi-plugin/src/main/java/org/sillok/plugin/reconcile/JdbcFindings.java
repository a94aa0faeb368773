package org.sillok.plugin.reconcile;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.sillok.canonical.Nonce;
import org.sillok.log.Cause;
import org.sillok.log.Entry;
import org.sillok.log.EntryWriter;
import org.sillok.log.NewEntry;
import org.sillok.log.ResourceVersion;
import org.sillok.reconcile.Finding;
import org.sillok.reconcile.Findings;
import org.sillok.verification.Step;

/** Findings in the table {@code sillok_finding}. */
final class JdbcFindings implements Findings {

  private static final String COLUMNS =
      "SELECT id, step, subject, resource_type, resource_id, version, detail, first_seen,"
          + " last_seen, reviewed_at, reviewed_by, reason FROM sillok_finding ";
  private static final String SEEN_AGAIN =
      "UPDATE sillok_finding SET last_seen = ? WHERE step = ? AND subject = ? AND detail = ?";
  private static final String CHANGED =
      "UPDATE sillok_finding SET last_seen = ?, detail = ?, reviewed_at = NULL, reviewed_by = NULL,"
          + " reason = NULL WHERE step = ? AND subject = ?";
  private static final String INSERT =
      "INSERT INTO sillok_finding (last_seen, detail, step, subject, resource_type, resource_id,"
          + " version, first_seen) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String REVIEW =
      "UPDATE sillok_finding SET reviewed_at = ?, reviewed_by = ?, reason = ? WHERE id = ?";

  private final Database database;
  private final EntryWriter entries;
  private final SecureRandom random;
  private final InstantSource clock;
  private final LoggedReviews reviews;

  JdbcFindings(
      DataSource dataSource,
      EntryWriter entries,
      LoggedReviews reviews,
      SecureRandom random,
      InstantSource clock) {
    this.reviews = reviews;
    this.database = new Database(dataSource);
    this.entries = entries;
    this.random = random;
    this.clock = clock;
  }

  @Override
  public void report(Finding finding) {
    database.run(
        connection -> {
          boolean isNew = seenAgain(connection, finding) == 0 && changed(connection, finding) == 0;
          if (isNew) {
            insert(connection, finding);
          }
          return isNew;
        });
  }

  private int seenAgain(Connection connection, Finding finding) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(SEEN_AGAIN)) {
      update.setObject(1, now());
      update.setString(2, finding.step().code());
      update.setString(3, finding.subject());
      update.setString(4, finding.detail());
      return update.executeUpdate();
    }
  }

  private int changed(Connection connection, Finding finding) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(CHANGED)) {
      update.setObject(1, now());
      update.setString(2, finding.detail());
      update.setString(3, finding.step().code());
      update.setString(4, finding.subject());
      return update.executeUpdate();
    }
  }

  private void insert(Connection connection, Finding finding) throws SQLException {
    ResourceVersion version = finding.version();
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setObject(1, now());
      insert.setString(2, finding.detail());
      insert.setString(3, finding.step().code());
      insert.setString(4, finding.subject());
      insert.setString(5, version == null ? null : version.type());
      insert.setString(6, version == null ? null : version.id());
      insert.setObject(7, version == null ? null : version.version(), Types.BIGINT);
      insert.setObject(8, now());
      insert.executeUpdate();
    }
  }

  @Override
  public boolean has(Step step, ResourceVersion version) {
    return !list("WHERE step = ? AND subject = ?", step.code(), version.toString()).isEmpty();
  }

  @Override
  public List<Kept> open(int limit) {
    List<Kept> open =
        new ArrayList<>(
            list("WHERE reviewed_at IS NULL ORDER BY id FETCH FIRST ? ROWS ONLY", limit));
    open.addAll(notReally());
    open.sort(Comparator.comparingLong(Kept::id));
    return List.copyOf(open.subList(0, Math.min(limit, open.size())));
  }

  /** Those that are marked as reviewed without an entry that tells of it. */
  private List<Kept> notReally() {
    return list("WHERE reviewed_at IS NOT NULL").stream()
        .filter(kept -> kept.review() == null)
        .toList();
  }

  @Override
  public List<Kept> seenSince(Instant since, int limit) {
    return list("WHERE last_seen >= ? ORDER BY id FETCH FIRST ? ROWS ONLY", utc(since), limit);
  }

  @Override
  public Optional<Kept> find(long id) {
    return list("WHERE id = ?", id).stream().findFirst();
  }

  @Override
  public long countOpen() {
    long marked = notReally().size();
    return marked
        + database.run(
            connection -> {
              try (PreparedStatement select =
                      connection.prepareStatement(
                          "SELECT COUNT(*) FROM sillok_finding WHERE reviewed_at IS NULL");
                  ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
              }
            });
  }

  @Override
  public void review(Kept kept, String by, String reason) {
    Finding finding = kept.finding();
    Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Map<String, String> details = new TreeMap<>(LoggedReviews.about(finding));
    details.put("reason", reason);
    Entry entry =
        Entry.of(
            Entry.Kind.REVIEW,
            finding.version(),
            at,
            new Cause(UUID.randomUUID().toString(), by, "$review"),
            Nonce.random(random),
            details);
    database.run(
        connection -> {
          entries.insert(connection, List.of(new NewEntry(entry, null)));
          try (PreparedStatement update = connection.prepareStatement(REVIEW)) {
            update.setObject(1, utc(at));
            update.setString(2, by);
            update.setString(3, reason);
            update.setLong(4, kept.id());
            return update.executeUpdate();
          }
        });
  }

  private List<Kept> list(String condition, Object... parameters) {
    return database.run(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(COLUMNS + condition)) {
            for (int i = 0; i < parameters.length; i++) {
              select.setObject(i + 1, parameters[i]);
            }
            List<Kept> found = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                found.add(kept(connection, rows));
              }
            }
            return found;
          }
        });
  }

  private Kept kept(Connection connection, ResultSet row) throws SQLException {
    String type = row.getString(4);
    ResourceVersion version =
        type == null ? null : new ResourceVersion(type, row.getString(5), row.getLong(6));
    Finding finding =
        new Finding(Step.of(row.getString(2)), row.getString(3), version, row.getString(7));
    Review review = review(row);
    return new Kept(
        row.getLong(1),
        finding,
        instant(row, 8),
        instant(row, 9),
        review == null || reviews.has(connection, finding, review.at()) ? review : null);
  }

  private static @Nullable Review review(ResultSet row) throws SQLException {
    return row.getObject(10) == null
        ? null
        : new Review(
            instant(row, 10),
            Objects.requireNonNullElse(row.getString(11), ""),
            Objects.requireNonNullElse(row.getString(12), ""));
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private OffsetDateTime now() {
    return utc(clock.instant());
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
