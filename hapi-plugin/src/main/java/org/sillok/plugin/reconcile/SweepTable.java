package org.sillok.plugin.reconcile;

import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.sillok.log.EntryMac;
import org.sillok.reconcile.CheckJobs;
import org.sillok.reconcile.SweepRun;
import org.sillok.verification.Verdict;

/**
 * The state of all walks, in the table {@code sillok_sweep}. A server works on a walk while it
 * holds its lease; when it dies, another goes on where it was, if a server of this hospital wrote
 * the row, within the last day: else the walk begins anew. A row of before that somebody puts back
 * is not believed by a server that has seen a later one. Thread-safe.
 */
final class SweepTable implements CheckJobs {

  /** The walk that begins anew again and again. */
  static final String BACKGROUND = "background";

  private static final Duration LEASE = Duration.ofSeconds(60);
  private static final Duration KEPT = Duration.ofDays(1);
  private static final Duration SKEW = LEASE.multipliedBy(2);

  private static final String SELECT =
      "SELECT id, state, phase, position, checked, total, counts, started_at, finished_at, owner,"
          + " lease_until, audit, updated_at, mac FROM sillok_sweep ";
  private static final String INSERT =
      "INSERT INTO sillok_sweep (id, state, phase, position, checked, total, counts, started_at,"
          + " updated_at) VALUES (?, 'waiting', 'entries', 0, 0, 0, '', ?, ?)";
  private static final String TAKE =
      "UPDATE sillok_sweep SET state = 'running', owner = ?, lease_until = ? WHERE id = ?";
  private static final String SAVE =
      "UPDATE sillok_sweep SET state = ?, phase = ?, position = ?, checked = ?, total = ?,"
          + " counts = ?, started_at = ?, updated_at = ?, finished_at = ?, lease_until = ?,"
          + " audit = ?, mac = ? WHERE id = ? AND owner = ?";

  private final Database database;
  private final EntryMac mac;
  private final InstantSource clock;
  private final String owner = UUID.randomUUID().toString();
  private final Remembered remembered;
  private final AtomicReference<Instant> newest = new AtomicReference<>(Instant.MIN);

  SweepTable(DataSource dataSource, EntryMac mac, Remembered remembered, InstantSource clock) {
    this.mac = mac;
    this.remembered = remembered;
    this.database = new Database(dataSource);
    this.clock = clock;
  }

  /** A walk that this server works on now. */
  record Claim(String id, SweepRun run) {}

  private record Row(
      String id,
      String state,
      SweepRun run,
      @Nullable Instant finishedAt,
      @Nullable String owner,
      @Nullable Instant leaseUntil,
      Instant updated,
      boolean ours) {

    boolean isFree(String me, Instant now) {
      return leaseUntil == null || leaseUntil.isBefore(now) || me.equals(owner);
    }
  }

  /**
   * The walk in the background, if it is not another server's and {@code interval} has passed since
   * its last end.
   */
  Optional<Claim> claimBackground(Duration interval, Supplier<SweepRun> start) {
    return database.run(
        connection -> {
          // Asked every second, so without a lock at first, which H2 would write to its file.
          if (!isDue(one(connection, "WHERE id = ?", BACKGROUND).orElseThrow(), interval)) {
            return Optional.empty();
          }
          Row row = one(connection, "WHERE id = ? FOR UPDATE", BACKGROUND).orElseThrow();
          return isDue(row, interval) ? take(connection, row, start) : Optional.empty();
        });
  }

  private boolean isDue(Row row, Duration interval) {
    return !(row.state().equals("done") && row.ours())
        || row.finishedAt() == null
        || !row.finishedAt().plus(interval).isAfter(clock.instant());
  }

  /** The oldest check that somebody asked for and no server works on. */
  Optional<Claim> claimRequested(Supplier<SweepRun> start) {
    return database.run(
        connection -> {
          forgetOld(connection);
          Row row =
              one(
                      connection,
                      "WHERE id <> ? AND state <> 'done' AND (lease_until IS NULL OR lease_until < ?)"
                          + " ORDER BY started_at FETCH FIRST 1 ROWS ONLY",
                      BACKGROUND,
                      now())
                  .flatMap(found -> again(connection, found.id()))
                  .orElse(null);
          return row == null ? Optional.empty() : take(connection, row, start);
        });
  }

  private Optional<Row> again(Connection connection, String id) {
    try {
      return one(connection, "WHERE id = ? FOR UPDATE", id);
    } catch (SQLException e) {
      throw new IllegalStateException("the sweep's tables: " + e.getMessage(), e);
    }
  }

  private Optional<Claim> take(Connection connection, Row row, Supplier<SweepRun> start)
      throws SQLException {
    if (!row.isFree(owner, clock.instant())) {
      return Optional.empty();
    }
    boolean goesOn = row.state().equals("running") && row.ours();
    SweepRun run = goesOn ? row.run() : start.get();
    try (PreparedStatement update = connection.prepareStatement(TAKE)) {
      update.setString(1, owner);
      update.setObject(2, leaseEnd());
      update.setString(3, row.id());
      update.executeUpdate();
    }
    save(connection, row.id(), run);
    return Optional.of(new Claim(row.id(), run));
  }

  /** False if the walk is not this server's any more, or was cancelled. */
  boolean save(Claim claim) {
    boolean saved = database.run(connection -> save(connection, claim.id(), claim.run()) == 1);
    if (saved && claim.run().isDone()) {
      remembered.walked(claim.run().startedAt());
    }
    return saved;
  }

  /** Whoever writes what all servers share does it under this lock, one after the other. */
  static void lock(Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT id FROM sillok_sweep WHERE id = ? FOR UPDATE")) {
      select.setString(1, BACKGROUND);
      select.executeQuery().close();
    }
  }

  private int save(Connection connection, String id, SweepRun run) throws SQLException {
    String state = run.isDone() ? "done" : "running";
    OffsetDateTime finished = run.isDone() ? now() : null;
    try (PreparedStatement update = connection.prepareStatement(SAVE)) {
      OffsetDateTime updated = now();
      update.setString(1, state);
      update.setString(2, run.phase().code());
      update.setLong(3, run.position());
      update.setLong(4, run.checked());
      update.setLong(5, run.total());
      update.setString(6, counts(run.counts()));
      update.setObject(7, millis(run.startedAt()).atOffset(ZoneOffset.UTC));
      update.setObject(8, updated);
      update.setObject(9, finished, Types.TIMESTAMP_WITH_TIMEZONE);
      update.setObject(10, run.isDone() ? null : leaseEnd(), Types.TIMESTAMP_WITH_TIMEZONE);
      update.setString(11, run.audit());
      update.setBytes(12, mac.ofText(text(id, state, run, updated.toInstant(), instant(finished))));
      update.setString(13, id);
      update.setString(14, owner);
      return update.executeUpdate();
    }
  }

  /** Everything that a server believes of a row. */
  private static String text(
      String id, String state, SweepRun run, Instant updated, @Nullable Instant finished) {
    return Stream.of(
            "sillok-sweep-v1",
            id,
            state,
            run.phase().code(),
            run.position(),
            run.checked(),
            run.total(),
            counts(run.counts()),
            millis(run.startedAt()),
            run.audit(),
            updated,
            finished)
        .map(String::valueOf)
        .collect(Collectors.joining("\n"));
  }

  /** What a database keeps of it for certain. */
  private static Instant millis(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS);
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }

  /** Keeps a walk for a step that takes its time. */
  void renew(String id) {
    database.run(
        connection ->
            update(
                connection,
                "UPDATE sillok_sweep SET lease_until = ? WHERE id = ? AND owner = ?",
                leaseEnd(),
                id,
                owner));
  }

  /** Lets another server go on at once. */
  void release(String id) {
    database.run(
        connection ->
            update(
                connection,
                "UPDATE sillok_sweep SET lease_until = NULL WHERE id = ? AND owner = ?",
                id,
                owner));
  }

  @Override
  public String request() {
    String id = UUID.randomUUID().toString();
    database.run(
        connection -> {
          insert(connection, id);
          return id;
        });
    return id;
  }

  @Override
  public Optional<Job> find(String id) {
    return database.run(
        connection ->
            id.equals(BACKGROUND)
                ? Optional.empty()
                : one(connection, "WHERE id = ?", id).map(row -> asked(connection, row)));
  }

  /** A result that no server of this hospital wrote is none: the check is made again. */
  private Job asked(Connection connection, Row row) {
    if (row.ours() || !row.state().equals("done")) {
      return job(row);
    }
    try {
      update(connection, "UPDATE sillok_sweep SET state = 'waiting' WHERE id = ?", row.id());
    } catch (SQLException e) {
      throw new IllegalStateException("the sweep's tables: " + e.getMessage(), e);
    }
    return new Job(false, row.run(), null);
  }

  /** How far the walk in the background is, if it ever began. */
  Optional<Job> background() {
    return database.run(
        connection -> one(connection, "WHERE id = ?", BACKGROUND).map(SweepTable::job));
  }

  /** What is wrong with the row of the walk in the background, if no server can have written it. */
  Optional<String> trouble() {
    Optional<Row> row = database.run(connection -> one(connection, "WHERE id = ?", BACKGROUND));
    if (row.isEmpty()) {
      return Optional.of("its row in sillok_sweep is gone");
    }
    Instant latest = clock.instant().plus(SKEW);
    if (isAfter(row.get().leaseUntil(), latest)) {
      return Optional.of("it is taken until " + row.get().leaseUntil());
    }
    if (isAfter(row.get().finishedAt(), latest)) {
      return Optional.of("it is said to have ended at " + row.get().finishedAt());
    }
    return row.get().state().equals("waiting") || row.get().ours()
        ? Optional.empty()
        : Optional.of("its row in sillok_sweep is not as a server of this hospital wrote it");
  }

  private static boolean isAfter(@Nullable Instant time, Instant latest) {
    return time != null && time.isAfter(latest);
  }

  /**
   * When a server last went on with the walk in the background, by what it has left under its mark:
   * a lease proves nothing, which anybody can write.
   *
   * @param resting whether the walk had come to its end
   */
  record Progress(Instant at, boolean resting) {}

  /** Empty if no server of this hospital wrote the row. */
  Optional<Progress> progress() {
    return database
        .run(connection -> one(connection, "WHERE id = ?", BACKGROUND))
        .filter(Row::ours)
        .map(row -> new Progress(row.updated(), row.run().isDone()));
  }

  private static Job job(Row row) {
    return new Job(!row.state().equals("waiting"), row.run(), row.finishedAt());
  }

  @Override
  public boolean cancel(String id) {
    return database.run(
        connection ->
            !id.equals(BACKGROUND)
                && update(connection, "DELETE FROM sillok_sweep WHERE id = ?", id) == 1);
  }

  private void forgetOld(Connection connection) throws SQLException {
    update(
        connection,
        "DELETE FROM sillok_sweep WHERE id <> ? AND state = 'done' AND finished_at < ?",
        BACKGROUND,
        now().minus(KEPT));
  }

  private void insert(Connection connection, String id) throws SQLException {
    update(connection, INSERT, id, now(), now());
  }

  private static int update(Connection connection, String sql, Object... parameters)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      bind(update, parameters);
      return update.executeUpdate();
    }
  }

  private static void bind(PreparedStatement statement, Object... parameters) throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
  }

  private Optional<Row> one(Connection connection, String condition, Object... parameters)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT + condition)) {
      bind(select, parameters);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? Optional.of(row(rows)) : Optional.empty();
      }
    }
  }

  private Row row(ResultSet row) throws SQLException {
    Instant started = row.getObject(8, OffsetDateTime.class).toInstant();
    SweepRun run =
        new SweepRun(
            SweepRun.Phase.of(row.getString(3)),
            row.getLong(4),
            row.getLong(5),
            row.getLong(6),
            counts(row.getString(7)),
            started,
            row.getString(12));
    String id = row.getString(1);
    String state = row.getString(2);
    Instant finished = time(row, 9);
    Instant updated = row.getObject(13, OffsetDateTime.class).toInstant();
    boolean marked =
        MessageDigest.isEqual(
            mac.ofText(text(id, state, run, updated, finished)), row.getBytes(14));
    boolean fresh = state.equals("done") || updated.isAfter(clock.instant().minus(KEPT));
    boolean ours = marked && fresh && !(id.equals(BACKGROUND) && isPutBack(updated));
    if (ours && run.isDone()) {
      remembered.walked(run.startedAt());
    }
    return new Row(id, state, run, finished, row.getString(10), time(row, 11), updated, ours);
  }

  /** The clocks of several servers may differ; no row of the last walk is as young as that. */
  private boolean isPutBack(Instant updated) {
    Instant latest =
        newest.accumulateAndGet(updated, (seen, now) -> seen.isBefore(now) ? now : seen);
    return updated.isBefore(latest.minus(SKEW));
  }

  private static @Nullable Instant time(ResultSet row, int column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static String counts(Map<Verdict.Code, Long> counts) {
    return counts.entrySet().stream()
        .map(count -> count.getKey().name() + "=" + count.getValue())
        .collect(Collectors.joining(" "));
  }

  private static Map<Verdict.Code, Long> counts(String text) {
    Map<Verdict.Code, Long> counts = new EnumMap<>(Verdict.Code.class);
    for (String count : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
      int equals = count.indexOf('=');
      counts.put(
          Verdict.Code.valueOf(count.substring(0, equals)),
          Long.valueOf(count.substring(equals + 1)));
    }
    return counts;
  }

  private OffsetDateTime leaseEnd() {
    return now().plus(LEASE);
  }

  private OffsetDateTime now() {
    return millis(clock.instant()).atOffset(ZoneOffset.UTC);
  }
}
