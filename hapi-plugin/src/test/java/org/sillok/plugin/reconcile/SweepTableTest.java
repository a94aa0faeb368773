package org.sillok.plugin.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sillok.log.EntryMac;
import org.sillok.reconcile.SweepRun;
import org.sillok.reconcile.SweepRun.Phase;
import org.sillok.verification.Verdict;

/** What a server believes of the rows that it, or another one, has left in the table. */
class SweepTableTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private final JdbcDataSource database = new JdbcDataSource();
  private Instant now = Instant.parse("2026-11-22T10:00:00.123456Z");

  @BeforeEach
  void migrate() {
    database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    Flyway.configure()
        .dataSource(database)
        .locations("classpath:org/sillok/schema")
        .load()
        .migrate();
  }

  @TempDir Path directory;

  private SweepTable server() {
    return new SweepTable(
        database, new EntryMac(new byte[32]), new Remembered(directory), () -> now);
  }

  private void sql(String statement) {
    try (Connection connection = database.getConnection();
        Statement update = connection.createStatement()) {
      assertThat(update.executeUpdate(statement)).isEqualTo(1);
    } catch (SQLException e) {
      throw new IllegalStateException(statement, e);
    }
  }

  private void run(String statement) {
    try (Connection connection = database.getConnection();
        Statement run = connection.createStatement()) {
      run.execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(statement, e);
    }
  }

  private SweepRun begun() {
    return SweepRun.start(100, now);
  }

  private SweepRun further() {
    return new SweepRun(
        Phase.LOG, 7, 42, 100, Map.of(Verdict.Code.VERIFIED, 40L), now, "1 256 " + "ab".repeat(32));
  }

  /** A walk that a server has left in the middle. */
  private void leaveInTheMiddle() {
    SweepTable server = server();
    SweepTable.Claim claim = server.claimBackground(HOUR, this::begun).orElseThrow();
    assertThat(server.save(new SweepTable.Claim(claim.id(), further()))).isTrue();
    now = now.plusSeconds(61);
  }

  private SweepRun takenOver() {
    return server().claimBackground(HOUR, this::begun).orElseThrow().run();
  }

  @Test
  void goesOnWhereAnotherServerWas() {
    leaveInTheMiddle();
    SweepRun run = takenOver();
    assertThat(run.phase()).isEqualTo(Phase.LOG);
    assertThat(run.position()).isEqualTo(7);
    assertThat(run.audit()).isEqualTo(further().audit());
    assertThat(run.counts()).isEqualTo(further().counts());
    assertThat(server().trouble()).isEmpty();
  }

  @Test
  void beginsAnewIfAnythingInTheRowWasEdited() {
    for (String edit :
        new String[] {
          "position = 8",
          "phase = 'versions'",
          "checked = 43",
          "total = 101",
          "counts = 'VERIFIED=41'",
          "started_at = DATEADD('SECOND', 1, started_at)",
          "updated_at = DATEADD('SECOND', 1, updated_at)",
          "audit = ''",
          "mac = X'00'",
          "mac = NULL"
        }) {
      leaveInTheMiddle();
      sql("UPDATE sillok_sweep SET " + edit + " WHERE id = 'background'");
      assertThat(server().trouble()).as(edit).isPresent();
      assertThat(takenOver()).as(edit).isEqualTo(begun());
      assertThat(server().trouble()).as(edit).isEmpty();
      now = now.plusSeconds(61);
    }
  }

  @Test
  void beginsAnewBehindARowThatIsADayOld() {
    leaveInTheMiddle();
    now = now.plus(Duration.ofDays(1));
    assertThat(takenOver()).isEqualTo(begun());
  }

  @Test
  void aServerDoesNotBelieveARowThatIsOlderThanOneThatItHasSeen() {
    SweepTable server = server();
    String id = server.claimBackground(HOUR, this::begun).orElseThrow().id();
    assertThat(server.save(new SweepTable.Claim(id, further()))).isTrue();
    run("CREATE TABLE kept AS SELECT * FROM sillok_sweep");
    now = now.plus(HOUR);
    SweepRun next = begun();
    assertThat(server.save(new SweepTable.Claim(id, next))).isTrue();
    assertThat(server.trouble()).isEmpty();

    run("DELETE FROM sillok_sweep");
    run("INSERT INTO sillok_sweep SELECT * FROM kept");

    assertThat(server.trouble()).isPresent();
    assertThat(server().trouble()).as("right after a start").isEmpty();
    now = now.plusSeconds(61);
    assertThat(server.claimBackground(HOUR, this::begun).orElseThrow().run()).isEqualTo(begun());
    assertThat(server.trouble()).isEmpty();
  }

  @Test
  void believesARowOfAServerWhoseClockIsBehind() {
    leaveInTheMiddle();
    SweepTable ahead = server();
    assertThat(ahead.trouble()).isEmpty();
    now = now.minusSeconds(119);
    SweepTable behind = server();
    sql("UPDATE sillok_sweep SET lease_until = NULL WHERE id = 'background'");
    assertThat(behind.claimBackground(HOUR, this::begun)).isPresent();
    now = now.plusSeconds(119);
    assertThat(ahead.trouble()).isEmpty();
  }

  @Test
  void doesNotBelieveAnEndThatNoServerWrote() {
    leaveInTheMiddle();
    sql(
        "UPDATE sillok_sweep SET state = 'done', phase = 'done', finished_at = updated_at"
            + " WHERE id = 'background'");
    assertThat(takenOver()).isEqualTo(begun());
  }

  @Test
  void keepsAWalkWhoseStepTakesItsTime() {
    SweepTable busy = server();
    String id = busy.claimBackground(HOUR, this::begun).orElseThrow().id();
    now = now.plusSeconds(50);
    busy.renew(id);
    now = now.plusSeconds(50);
    assertThat(server().claimBackground(HOUR, this::begun)).isEmpty();
  }

  @Test
  void aLeaseIsNoProgress() {
    leaveInTheMiddle();
    Instant left = server().progress().orElseThrow().at();
    sql(
        "UPDATE sillok_sweep SET owner = 'x', lease_until = DATEADD('SECOND', 30, updated_at)"
            + " WHERE id = 'background'");
    now = now.plusSeconds(600);
    assertThat(server().progress().orElseThrow().at()).isEqualTo(left);
    sql("UPDATE sillok_sweep SET updated_at = DATEADD('SECOND', 600, updated_at)");
    assertThat(server().progress()).isEmpty();
  }

  @Test
  void remembersWhenTheNewestWalkBeganThatHasEnded() {
    leaveInTheMiddle();
    assertThat(new Remembered(directory).walked()).isEmpty();
    SweepTable server = server();
    SweepTable.Claim claim = server.claimBackground(HOUR, this::begun).orElseThrow();
    SweepRun done = new SweepRun(Phase.DONE, 0, 9, 9, Map.of(), claim.run().startedAt(), "");
    assertThat(server.save(new SweepTable.Claim(claim.id(), done))).isTrue();
    assertThat(server.progress().orElseThrow().resting()).isTrue();
    assertThat(new Remembered(directory).walked())
        .contains(claim.run().startedAt().truncatedTo(ChronoUnit.MILLIS));
  }

  @Test
  void makesACheckAgainWhoseResultNoServerWrote() {
    SweepTable server = server();
    String id = server.request();
    sql(
        "UPDATE sillok_sweep SET state = 'done', phase = 'done', counts = 'VERIFIED=5',"
            + " finished_at = updated_at WHERE id = '"
            + id
            + "'");
    assertThat(server.find(id).orElseThrow().finishedAt()).isNull();
    SweepTable.Claim claim = server.claimRequested(this::begun).orElseThrow();
    assertThat(claim.id()).isEqualTo(id);
    SweepRun done =
        new SweepRun(
            Phase.DONE, 0, 9, 9, Map.of(Verdict.Code.ALTERED, 1L), begun().startedAt(), "");
    server.save(new SweepTable.Claim(id, done));
    assertThat(server.find(id).orElseThrow().finishedAt()).isNotNull();

    sql("UPDATE sillok_sweep SET counts = 'VERIFIED=9' WHERE id = '" + id + "'");
    assertThat(server.find(id).orElseThrow().finishedAt()).isNull();
    assertThat(server.claimRequested(this::begun))
        .map(SweepTable.Claim::id)
        .isEqualTo(Optional.of(id));
  }
}
