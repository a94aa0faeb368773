package org.sillok.plugin.reconcile;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.sillok.log.ResourceVersion;
import org.sillok.plugin.reconcile.FindingRows.Row;
import org.sillok.plugin.reconcile.LoggedReviews.Reviewed;
import org.sillok.reconcile.DatabaseTrouble;
import org.sillok.reconcile.Finding;
import org.sillok.reconcile.Findings;
import org.sillok.verification.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Findings in the table {@code sillok_finding}, numbered from 1. How many there are is remembered
 * outside of the database: a number whose row is gone, was changed or was never taken is an open
 * finding all the same, and only a review in the log closes one. Thread-safe.
 */
final class JdbcFindings implements Findings {

  private static final Logger LOG = LoggerFactory.getLogger(JdbcFindings.class);
  private static final int TOLD_AT_ONCE = 20;
  private static final int KEPT_IN_MEMORY = 10_000;

  private final Database database;
  private final FindingRows rows;
  private final FindingReviews reviews;
  private final Remembered remembered;
  private final InstantSource clock;
  private final Instant started;

  /** What this server has reported, should the table lose it; the newest only. */
  private final Map<Finding, Row> reported =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Finding, Row> eldest) {
          return size() > KEPT_IN_MEMORY;
        }
      };

  JdbcFindings(
      DataSource dataSource,
      FindingRows rows,
      FindingReviews reviews,
      Remembered remembered,
      InstantSource clock) {
    this.database = new Database(dataSource);
    this.rows = rows;
    this.reviews = reviews;
    this.remembered = remembered;
    this.clock = clock;
    this.started = now();
  }

  @Override
  public synchronized void report(List<Finding> found) {
    if (found.isEmpty()) {
      return;
    }
    List<Row> fresh = new ArrayList<>();
    try {
      database.run(connection -> store(connection, found, fresh));
    } catch (IllegalStateException e) {
      if (DatabaseTrouble.isCauseOf(e)) {
        throw e; // the caller tries again
      }
      LOG.error("The table of findings takes none: {}", DatabaseTrouble.kindOf(e));
      fresh.clear();
      found.forEach(finding -> keepInMemory(finding, fresh));
    }
    remembered.findings(fresh.stream().mapToLong(Row::id).max().orElse(0));
    fresh.forEach(row -> reported.put(row.finding(), row));
    tell(fresh);
  }

  private static void tell(List<Row> fresh) {
    fresh.stream()
        .limit(TOLD_AT_ONCE)
        .forEach(
            row ->
                LOG.error(
                    "Finding {}: {} {}: {}",
                    row.id(),
                    row.finding().subject(),
                    row.finding().step().code(),
                    row.finding().detail()));
    if (fresh.size() > TOLD_AT_ONCE) {
      LOG.error("and {} findings more, of the same time", fresh.size() - TOLD_AT_ONCE);
    }
  }

  private boolean store(Connection connection, List<Finding> found, List<Row> fresh)
      throws SQLException {
    SweepTable.lock(connection);
    refresh(connection);
    Instant now = now();
    for (Finding finding : found) {
      if (!isSeenAgain(connection, finding, now, fresh)) {
        Row row = new Row(remembered.findings() + fresh.size() + 1, finding, now, now);
        if (fresh.isEmpty()) {
          rows.removeFrom(connection, row.id());
        }
        rows.insert(connection, row);
        fresh.add(row);
      }
    }
    return true;
  }

  /** Notes that it is still so, unless it is new. */
  private boolean isSeenAgain(Connection connection, Finding finding, Instant now, List<Row> fresh)
      throws SQLException {
    if (fresh.stream().anyMatch(row -> row.finding().equals(finding))) {
      return true;
    }
    Row row = rows.newest(connection, finding).orElse(null);
    if (row != null && stands(row)) {
      rows.seen(connection, row.seen(now));
      reported.put(finding, row.seen(now));
      return true;
    }
    Row own = reported.get(finding);
    if (own == null || !stands(own) || isAnothers(connection, own)) {
      return false;
    }
    reported.put(finding, own.seen(now));
    return true;
  }

  /** Whether it is still open, or no whole walk has been that did not see it any more. */
  private boolean stands(Row row) {
    return reviews.openAfter(row.id() - 1) == row.id()
        || !row.lastSeen().isBefore(remembered.walked().orElse(started));
  }

  /** Whether another server has used the number of a row that the table did not take. */
  private boolean isAnothers(Connection connection, Row own) throws SQLException {
    return rows.list(connection, "WHERE id = ?", own.id()).stream()
        .anyMatch(row -> !row.finding().equals(own.finding()));
  }

  private void keepInMemory(Finding finding, List<Row> fresh) {
    Row own = reported.get(finding);
    if (own == null || !stands(own)) {
      fresh.add(new Row(remembered.findings() + fresh.size() + 1, finding, now(), now()));
    }
  }

  /** Those that other servers have added. */
  private void learn(Connection connection) throws SQLException {
    rows.list(connection, "WHERE id > ?", remembered.findings()).stream()
        .mapToLong(Row::id)
        .max()
        .ifPresent(remembered::findings);
  }

  private void refresh(Connection connection) throws SQLException {
    learn(connection);
    reviews.refresh(connection, remembered.findings());
  }

  @Override
  public synchronized boolean has(Step step, ResourceVersion version, Instant since) {
    return reported.values().stream()
            .anyMatch(
                row ->
                    row.finding().step() == step
                        && version.equals(row.finding().version())
                        && !row.lastSeen().isBefore(millis(since)))
        || database.run(
            connection ->
                !rows.list(
                        connection,
                        "WHERE subject = ? AND step = ? AND last_seen >= ?",
                        version.toString(),
                        step.code(),
                        FindingRows.utc(millis(since)))
                    .isEmpty());
  }

  @Override
  public synchronized List<Kept> open(long after, int limit) {
    return database.run(
        connection -> {
          refresh(connection);
          long[] ids =
              LongStream.iterate(
                      reviews.openAfter(after),
                      id -> id <= remembered.findings(),
                      reviews::openAfter)
                  .limit(limit)
                  .toArray();
          return kept(connection, ids);
        });
  }

  private List<Kept> kept(Connection connection, long... ids) throws SQLException {
    if (ids.length == 0) {
      return List.of();
    }
    Map<Long, Row> there = rows.between(connection, ids[0], ids[ids.length - 1]);
    return LongStream.of(ids).mapToObj(id -> kept(id, there.get(id))).toList();
  }

  private Kept kept(long id, @Nullable Row row) {
    if (row != null) {
      return new Kept(id, row.finding(), row.firstSeen(), row.lastSeen(), reviews.of(id));
    }
    Row own = reported.values().stream().filter(one -> one.id() == id).findFirst().orElse(null);
    String gone = "its row in sillok_finding is gone, or was changed by somebody without the key";
    return own == null
        ? new Kept(
            id,
            new Finding(Step.FINDING, "sillok_finding " + id, null, gone),
            null,
            null,
            reviews.of(id))
        : new Kept(
            id, withNote(own.finding(), gone), own.firstSeen(), own.lastSeen(), reviews.of(id));
  }

  private static Finding withNote(Finding finding, String note) {
    return new Finding(
        finding.step(), finding.subject(), finding.version(), note + "; " + finding.detail());
  }

  @Override
  public synchronized long countOpen() {
    return database.run(
        connection -> {
          refresh(connection);
          return remembered.findings() - reviews.closed();
        });
  }

  @Override
  public synchronized List<Kept> seenSince(Instant since, int limit) {
    return database.run(
        connection -> {
          refresh(connection);
          Map<Long, Kept> seen = new TreeMap<>();
          rows.list(
                  connection,
                  "WHERE last_seen >= ? ORDER BY id FETCH FIRST ? ROWS ONLY",
                  FindingRows.utc(millis(since)),
                  limit)
              .forEach(row -> seen.put(row.id(), kept(row.id(), row)));
          for (Row own : List.copyOf(reported.values())) {
            if (!own.lastSeen().isBefore(millis(since)) && !seen.containsKey(own.id())) {
              kept(connection, own.id()).forEach(kept -> seen.put(kept.id(), kept));
            }
          }
          return seen.values().stream().limit(limit).toList();
        });
  }

  @Override
  public synchronized List<Kept> between(long first, long last) {
    return database.run(
        connection -> {
          refresh(connection);
          return kept(
              connection,
              LongStream.rangeClosed(first, Math.min(last, remembered.findings())).toArray());
        });
  }

  @Override
  public synchronized void review(long first, long last, String by, String reason) {
    Reviewed reviewed =
        database.run(
            connection -> {
              refresh(connection);
              if (first < 1 || last < first || last > remembered.findings()) {
                throw new IllegalArgumentException("there are " + remembered.findings());
              }
              Finding one = first == last ? kept(connection, first).get(0).finding() : null;
              return reviews.write(connection, first, last, one, now(), by, reason);
            });
    reviews.close(reviewed);
  }

  private Instant now() {
    return millis(clock.instant());
  }

  private static Instant millis(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS);
  }
}
