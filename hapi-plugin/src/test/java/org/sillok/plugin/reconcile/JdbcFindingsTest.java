package org.sillok.plugin.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.tools.TriggerAdapter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sillok.log.EntryMac;
import org.sillok.log.EntryWriter;
import org.sillok.log.ResourceVersion;
import org.sillok.reconcile.Finding;
import org.sillok.reconcile.Findings.Kept;
import org.sillok.verification.Step;

/** From the chair of somebody who may write whatever table he likes, and wants it quiet. */
class JdbcFindingsTest {

  private static final EntryMac MAC = new EntryMac(new byte[32]);
  private static final Finding ALTERED = finding("7", "was altered");
  private static final Finding OTHER = finding("8", "was altered");

  private final JdbcDataSource database = new JdbcDataSource();
  private Instant now = Instant.parse("2026-11-22T10:00:00.123456Z");
  @TempDir Path directory;
  @TempDir Path elsewhere;

  @BeforeEach
  void migrate() {
    database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    Flyway.configure()
        .dataSource(database)
        .locations("classpath:org/sillok/schema")
        .load()
        .migrate();
  }

  private static Finding finding(String id, String detail) {
    ResourceVersion version = new ResourceVersion("Basic", id, 1);
    return new Finding(Step.CONTENT, version.toString(), version, detail);
  }

  private JdbcFindings server() {
    return server(directory);
  }

  private JdbcFindings server(Path data) {
    FindingRows rows = new FindingRows(MAC);
    return new JdbcFindings(
        database,
        rows,
        new FindingReviews(rows, new LoggedReviews(MAC), new EntryWriter(MAC), new SecureRandom()),
        new Remembered(data),
        () -> now);
  }

  /** A walk from now on that sees this, and comes to its end. */
  private void walk(JdbcFindings server, Finding... seen) {
    Instant start = now;
    now = now.plusSeconds(1);
    server.report(List.of(seen));
    now = now.plusSeconds(1);
    new Remembered(directory).walked(start);
  }

  private void run(String statement) {
    try (Connection connection = database.getConnection();
        Statement run = connection.createStatement()) {
      run.execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(statement, e);
    }
  }

  private static List<Finding> open(JdbcFindings server) {
    return server.open(0, 100).stream().map(Kept::finding).toList();
  }

  @Test
  void keepsAFindingOnceAndNotesThatItIsStillSo() {
    JdbcFindings server = server();
    server.report(List.of(ALTERED, OTHER, ALTERED));
    Instant first = now.truncatedTo(ChronoUnit.MILLIS);
    now = now.plusSeconds(5);
    server.report(ALTERED);
    assertThat(open(server)).containsExactly(ALTERED, OTHER);
    Kept kept = server.open(0, 1).get(0);
    assertThat(kept.id()).isEqualTo(1);
    assertThat(kept.firstSeen()).isEqualTo(first);
    assertThat(kept.lastSeen()).isEqualTo(first.plusSeconds(5));
    assertThat(server.countOpen()).isEqualTo(2);
    assertThat(server.seenSince(first.plusSeconds(1), 10)).containsExactly(kept);
    assertThat(server.open(1, 10)).extracting(Kept::id).containsExactly(2L);
  }

  @Test
  void deletingRowsClosesNothing() {
    JdbcFindings server = server();
    server.report(List.of(ALTERED, OTHER));
    run("DELETE FROM sillok_finding");
    assertThat(server.countOpen()).isEqualTo(2);
    assertThat(server.open(0, 10))
        .extracting(kept -> kept.finding().version())
        .as("as long as the server remembers which they were")
        .containsExactly(ALTERED.version(), OTHER.version());
    assertThat(server.seenSince(now.minusSeconds(9), 10)).hasSize(2);

    JdbcFindings restarted = server();
    assertThat(restarted.countOpen()).isEqualTo(2);
    assertThat(open(restarted))
        .extracting(Finding::subject)
        .containsExactly("sillok_finding 1", "sillok_finding 2");
    assertThat(open(restarted)).extracting(Finding::step).containsOnly(Step.FINDING);
  }

  @Test
  void whatIsFoundAgainBehindADeletedRowIsNewAfterARestartOnly() {
    JdbcFindings server = server();
    server.report(ALTERED);
    run("DELETE FROM sillok_finding");
    server.report(ALTERED);
    assertThat(server.countOpen()).isEqualTo(1);
    JdbcFindings restarted = server();
    restarted.report(ALTERED);
    assertThat(restarted.countOpen()).isEqualTo(2);
    assertThat(open(restarted)).contains(ALTERED);
  }

  @Test
  void editingARowClosesNothingAndIsNoticed() {
    for (String edit :
        new String[] {
          "step = 'leaf'",
          "step = 'none'",
          "subject = 'x'",
          "resource_type = NULL",
          "resource_id = '9'",
          "version = 2",
          "version = -2",
          "detail = 'is fine'",
          "first_seen = DATEADD('SECOND', 1, first_seen)",
          "last_seen = DATEADD('SECOND', 1, last_seen)",
          "mac = X'00'",
          "id = id + 7"
        }) {
      run("DELETE FROM sillok_finding");
      JdbcFindings server = server();
      long before = server.countOpen();
      server.report(finding("7", edit));
      run("UPDATE sillok_finding SET " + edit);
      assertThat(server().countOpen()).as(edit).isEqualTo(before + 1);
      assertThat(open(server())).as(edit).extracting(Finding::step).containsOnly(Step.FINDING);
    }
  }

  @Test
  void aTriggerThatDropsFindingsHidesNone() {
    run(
        "CREATE TRIGGER swallow AFTER INSERT ON sillok_finding FOR EACH ROW CALL '"
            + Swallow.class.getName()
            + "'");
    JdbcFindings server = server();
    server.report(List.of(ALTERED, OTHER));
    server.report(List.of(ALTERED, OTHER));
    assertThat(server.countOpen()).isEqualTo(2);
    assertThat(server.open(0, 10))
        .extracting(kept -> kept.finding().version())
        .containsExactly(ALTERED.version(), OTHER.version());
    assertThat(server().countOpen()).isEqualTo(2);
  }

  /** Takes the row away again as soon as it is there. */
  public static final class Swallow extends TriggerAdapter {
    @Override
    public void fire(Connection connection, ResultSet before, ResultSet after) throws SQLException {
      try (Statement delete = connection.createStatement()) {
        delete.execute("DELETE FROM sillok_finding WHERE id = " + after.getLong("ID"));
      }
    }
  }

  @Test
  void aTriggerThatRefusesFindingsHidesNone() {
    run("ALTER TABLE sillok_finding ADD CONSTRAINT refuse CHECK (detail <> 'was altered')");
    JdbcFindings server = server();
    server.report(List.of(ALTERED, OTHER));
    server.report(List.of(ALTERED, OTHER));
    assertThat(server.countOpen()).isEqualTo(2);
    assertThat(open(server)).extracting(Finding::version).contains(ALTERED.version());
    assertThat(server().countOpen()).isEqualTo(2);
  }

  @Test
  void junkRowsStandInNobodysWay() {
    JdbcFindings server = server();
    server.report(ALTERED);
    run(
        "INSERT INTO sillok_finding (id, step, subject, detail, first_seen, last_seen, mac)"
            + " VALUES (2, 'content', 'x', 'x', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, X'00'),"
            + " (9, 'content', 'x', 'x', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, X'00'),"
            + " (-3, 'none', 'x', 'x', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, X'00')");
    assertThat(server.countOpen()).isEqualTo(1);
    server.report(OTHER);
    assertThat(open(server)).containsExactly(ALTERED, OTHER);
  }

  @Test
  void aRowThatIsPutBackBehindLaterOnesIsNotTheirs() {
    JdbcFindings server = server();
    server.report(ALTERED);
    run("UPDATE sillok_finding SET id = 2");
    assertThat(open(server())).extracting(Finding::step).containsExactly(Step.FINDING);
  }

  @Test
  void aReviewClosesWhatWasReviewedAndOtherServersSeeIt() {
    JdbcFindings server = server();
    server.report(List.of(ALTERED, OTHER));
    JdbcFindings another = server(elsewhere);
    assertThat(another.countOpen()).isEqualTo(2);
    server.review(1, 1, "dr.kim", "restored");
    for (JdbcFindings one : List.of(server, another, server(), server(elsewhere))) {
      assertThat(open(one)).containsExactly(OTHER);
      assertThat(one.between(1, 1).get(0).review().reason()).isEqualTo("restored");
      assertThat(one.between(1, 1).get(0).review().by()).isEqualTo("dr.kim");
    }
    assertThatThrownBy(() -> server.review(2, 3, "dr.kim", "more than there are"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(server.countOpen()).isEqualTo(1);
  }

  @Test
  void thousandsAreReviewedAtOnce() {
    JdbcFindings server = server();
    for (int page = 0; page < 10; page++) {
      List<Finding> found = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        found.add(finding("p" + page + "-" + i, "it was stored without an entry"));
      }
      server.report(found);
    }
    assertThat(server.countOpen()).isEqualTo(3000);
    assertThat(server.open(2990, 100)).hasSize(10);
    server.review(1, 2999, "dr.kim", "the plugin was switched off for a day");
    assertThat(server.open(0, 100)).extracting(Kept::id).containsExactly(3000L);
    assertThat(server().open(0, 100)).extracting(Kept::id).containsExactly(3000L);
    run("UPDATE sillok_finding SET detail = 'something else' WHERE id = 77");
    assertThat(server().countOpen()).as("not what was reviewed").isEqualTo(3000);
  }

  @Test
  void noReviewThatTheLogDoesNotTellOfCounts() {
    JdbcFindings server = server();
    server.report(ALTERED);
    server.review(1, 1, "dr.kim", "restored");
    run("UPDATE sillok_entry SET mac = X'00'");
    assertThat(server().countOpen()).isEqualTo(1);
  }

  @Test
  void aLostFindingCanBeReviewedAndComesBackIfItIsAnother() {
    JdbcFindings server = server();
    server.report(ALTERED);
    run("CREATE TABLE kept AS SELECT * FROM sillok_finding");
    run("DELETE FROM sillok_finding");
    server.review(1, 1, "dr.kim", "somebody has deleted it");
    assertThat(server.countOpen()).isZero();
    assertThat(server().countOpen()).isZero();
    run("INSERT INTO sillok_finding SELECT * FROM kept");
    assertThat(open(server())).containsExactly(ALTERED);
  }

  @Test
  void aReviewedFindingThatIsStillSoStaysQuiet() {
    JdbcFindings server = server();
    walk(server, ALTERED);
    server.review(1, 1, "dr.kim", "known");
    walk(server(), ALTERED);
    walk(server(), ALTERED);
    assertThat(server().countOpen()).isZero();
  }

  @Test
  void theSameAgainAfterAWalkThatDidNotSeeItIsAnAlarm() {
    walk(server(), ALTERED);
    server().review(1, 1, "dr.kim", "put right");
    walk(server());
    walk(server(), ALTERED);
    assertThat(server().open(0, 10)).extracting(Kept::id).containsExactly(2L);
  }

  @Test
  void aNumberThatWasReviewedSaysNothingOfAnotherFindingUnderIt() {
    JdbcFindings server = server();
    server.report(ALTERED);
    server.review(1, 1, "dr.kim", "known");
    run("DELETE FROM sillok_finding");
    JdbcFindings fresh = server(elsewhere);
    fresh.report(OTHER);
    assertThat(open(fresh)).containsExactly(OTHER);
    assertThat(open(server(elsewhere))).containsExactly(OTHER);
  }

  @Test
  void twoServersNumberInOneRow() {
    JdbcFindings one = server();
    JdbcFindings other = server(elsewhere);
    one.report(ALTERED);
    other.report(List.of(ALTERED, OTHER));
    one.report(OTHER);
    assertThat(open(one)).isEqualTo(open(other)).containsExactly(ALTERED, OTHER);
  }

  @Test
  void knowsWhatWasSeenSince() {
    JdbcFindings server = server();
    server.report(ALTERED);
    assertThat(server.has(Step.CONTENT, ALTERED.version(), now)).isTrue();
    assertThat(server().has(Step.CONTENT, ALTERED.version(), now)).isTrue();
    assertThat(server.has(Step.LEAF, ALTERED.version(), now)).isFalse();
    assertThat(server.has(Step.CONTENT, ALTERED.version(), now.plusSeconds(1))).isFalse();
    run("UPDATE sillok_finding SET step = 'entry-columns'");
    assertThat(server().has(Step.ENTRY_COLUMNS, ALTERED.version(), now)).isFalse();
  }
}
