package org.sillok.plugin.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sillok.log.EntryMac;
import org.sillok.log.EntryWriter;
import org.sillok.reconcile.Finding;
import org.sillok.reconcile.SweepRun;
import org.sillok.reconcile.SweepRun.Phase;
import org.sillok.verification.Step;
import org.sillok.verification.Verdict;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.Status;

/** Whoever writes to the database wants it to be UP. */
class SweepHealthTest {

  private static final EntryMac MAC = new EntryMac(new byte[32]);
  private static final Duration HOUR = Duration.ofHours(1);

  private final JdbcDataSource database = new JdbcDataSource();
  private Instant now = Instant.parse("2026-11-22T10:00:00Z");
  private SweepTable table;
  private JdbcFindings findings;
  private SweepHealth health;
  @TempDir Path directory;

  @BeforeEach
  void start() {
    database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    Flyway.configure()
        .dataSource(database)
        .locations("classpath:org/sillok/schema")
        .load()
        .migrate();
    Remembered remembered = new Remembered(directory);
    FindingRows rows = new FindingRows(MAC);
    FindingReviews reviews =
        new FindingReviews(rows, new LoggedReviews(MAC), new EntryWriter(MAC), new SecureRandom());
    table = new SweepTable(database, MAC, remembered, () -> now);
    findings = new JdbcFindings(database, rows, reviews, remembered, () -> now);
    health = new SweepHealth(findings, table, new SweepWatch(HOUR, () -> now), true);
  }

  private void run(String statement) {
    try (Connection connection = database.getConnection();
        Statement run = connection.createStatement()) {
      run.execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(statement, e);
    }
  }

  private String claim() {
    return table.claimBackground(HOUR, () -> SweepRun.start(100, now)).orElseThrow().id();
  }

  private void save(String id, Phase phase, Map<Verdict.Code, Long> counts, Instant started) {
    table.save(new SweepTable.Claim(id, new SweepRun(phase, 7, 42, 100, counts, started, "")));
  }

  private Status status() {
    return health.health().getStatus();
  }

  @Test
  void aWalkThatIsHeldStillByALeaseTurnsItDown() {
    claim();
    for (int minute = 0; minute < 11; minute++) {
      assertThat(status()).as("minute " + minute).isEqualTo(Status.UP);
      now = now.plusSeconds(60);
      run(
          "UPDATE sillok_sweep SET owner = 'x', lease_until = TIMESTAMP WITH TIME ZONE '"
              + now.plusSeconds(60)
              + "'");
    }
    Health down = health.health();
    assertThat(down.getStatus()).isEqualTo(Status.DOWN);
    assertThat(down.getDetails().get("sweep")).asString().contains("has not gone on since");
  }

  @Test
  void aWalkThatAnotherServerGoesOnWithKeepsItUp() {
    String id = claim();
    for (int minute = 0; minute < 30; minute++) {
      now = now.plusSeconds(60);
      save(id, Phase.VERSIONS, Map.of(), now);
      assertThat(status()).isEqualTo(Status.UP);
    }
  }

  @Test
  void aWalkThatIsNeverBegunAnewTurnsItDown() {
    save(claim(), Phase.DONE, Map.of(), now);
    now = now.plus(HOUR).plusSeconds(500);
    assertThat(status()).isEqualTo(Status.UP);
    now = now.plusSeconds(200);
    run("UPDATE sillok_sweep SET finished_at = TIMESTAMP WITH TIME ZONE '" + now + "'");
    assertThat(status()).isEqualTo(Status.DOWN);
  }

  @Test
  void countsWithoutAFindingTurnItDown() {
    Instant started = now;
    String id = claim();
    save(id, Phase.LOG, Map.of(Verdict.Code.ALTERED, 1L), started);
    assertThat(health.health().getDetails().get("sweep")).asString().contains("no finding tells");
    findings.report(new Finding(Step.LEAF, "log 1 leaf 7", null, "no entry"));
    findings.review(1, 1, "dr.kim", "seen");
    assertThat(status()).isEqualTo(Status.UP);
  }

  @Test
  void aFindingTurnsItDownUntilItIsReviewedWhateverBecomesOfItsRow() {
    findings.report(new Finding(Step.LEAF, "log 1 leaf 7", null, "no entry"));
    run("DELETE FROM sillok_finding");
    assertThat(health.health().getDetails().get("oldest")).asString().contains("log 1 leaf 7");
    assertThat(status()).isEqualTo(Status.DOWN);
    findings.review(1, 1, "dr.kim", "seen");
    assertThat(status()).isEqualTo(Status.UP);
  }
}
