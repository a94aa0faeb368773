package org.sillok.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.sillok.testdata.synthea.Synthea;
import org.sillok.verification.StoredVersions.EntryPicture;
import org.sillok.verification.StoredVersions.Page;

/**
 * Data that nobody touched raises no alarm, whatever way it was written and whatever it is. {@code
 * -Dsillok.it.patients=20} takes more of Synthea's patients than the few of every build, {@code
 * -Dsillok.it.provenance=true} has Provenances written about all of it.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UntouchedDataIT {

  private static final Path DIRECTORY = RunningServer.directory();
  private static final int PATIENTS = Integer.getInteger("sillok.it.patients", 2);
  private static final boolean PROVENANCE = Boolean.getBoolean("sillok.it.provenance");
  private static RunningServer server;

  @BeforeAll
  static void write() throws IOException, InterruptedException {
    server = start();
    new BroadMix(server).write();
    for (Path bundle : new Synthea(repository()).bundles(7, PATIENTS)) {
      server.post("", Files.readString(bundle)).expect(200);
    }
  }

  private static RunningServer start() {
    return RunningServer.start(
        DIRECTORY,
        "--sillok.sweep.versions-per-second=2000",
        "--sillok.provenance.enabled=" + PROVENANCE);
  }

  private static Path repository() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("mvnw")) ? here : here.getParent();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  @Order(1)
  void everyStoredVersionIsWhatItsEntrySays() {
    List<String> failures = new ArrayList<>();
    StoredVersions stored = server.bean(StoredVersions.class);
    for (Page<VersionPicture> page = stored.versionsAfter(StoredVersions.BEFORE_ALL, 97);
        !page.items().isEmpty();
        page = stored.versionsAfter(page.last(), 97)) {
      for (VersionPicture picture : page.items()) {
        Failure failure = ContentCheck.of(picture);
        if (failure != null) {
          failures.add(picture.version() + " " + failure);
        }
      }
      VersionPicture last = page.items().get(page.items().size() - 1);
      assertThat(stored.read(last.version()).stored()).isEqualTo(last.stored());
    }
    assertThat(failures).isEmpty();
  }

  @Test
  @Order(2)
  void everyEntryHasItsVersion() {
    StoredVersions stored = server.bean(StoredVersions.class);
    Page<EntryPicture> page = stored.entriesAfter(StoredVersions.BEFORE_ALL, 1_000_000);
    assertThat(page.items())
        .allSatisfy(
            picture -> {
              assertThat(picture.entry().authentic()).isTrue();
              assertThat(picture.entry().columnsAgree()).isTrue();
              assertThat(
                      picture.stored()
                          || picture.entry().subject() == null
                          || ContentCheck.isExpunged(stored.read(picture.entry().subject())))
                  .isTrue();
            });
  }

  @Test
  @Order(3)
  void aFullCheckFindsNothing() {
    assertNothingFound();
  }

  @Test
  @Order(4)
  void aFullCheckFindsNothingWhileOthersWrite() throws InterruptedException {
    Thread writer =
        new Thread(
            () -> {
              for (int i = 0; i < 150; i++) {
                server.put(
                    "Basic/busy" + i % 7,
                    BroadMix.json(
                        "{'resourceType':'Basic','id':'busy"
                            + i % 7
                            + "','code':{'text':'"
                            + i
                            + "'}}"));
              }
            });
    writer.start();
    assertThat(FullCheck.of(server).findings()).isEmpty();
    assertThat(FullCheck.of(server).findings()).isEmpty();
    writer.join();
  }

  @Test
  @Order(5)
  void aFullCheckFindsNothingAfterARestart() {
    server.close();
    server = start();
    assertNothingFound();
    await().atMost(Duration.ofMinutes(10)).until(UntouchedDataIT::isFirstWalkDone);
    assertThat(server.value("SELECT COUNT(*) FROM sillok_finding")).isEqualTo(0L);
    assertThat(server.send(server.request("/actuator/health/sillokSweep")).body())
        .contains("\"UP\"");
  }

  private static boolean isFirstWalkDone() {
    return server.value("SELECT finished_at FROM sillok_sweep WHERE id = 'background'") != null;
  }

  private static void assertNothingFound() {
    server.settle(PROVENANCE);
    FullCheck check = FullCheck.of(server);
    for (int i = 0; i < 100 && check.counts().containsKey("pending"); i++) {
      FullCheck.sleep();
      check = FullCheck.of(server);
    }
    assertThat(check.findings()).isEmpty();
    assertThat(check.counts()).containsOnlyKeys("verified");
    assertThat(check.counts().get("verified"))
        .isEqualTo(server.bean(StoredVersions.class).countVersions())
        .isGreaterThan(60);
    System.out.println("Nothing found in " + check.counts());
  }
}
