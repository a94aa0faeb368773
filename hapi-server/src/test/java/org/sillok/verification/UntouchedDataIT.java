package org.sillok.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sillok.verification.StoredVersions.EntryPicture;
import org.sillok.verification.StoredVersions.Page;

class UntouchedDataIT {

  private static RunningServer server;

  @BeforeAll
  static void write() {
    server = RunningServer.shared();
    new BroadMix(server).write();
  }

  @Test
  void everyStoredVersionIsWhatItsEntrySays() {
    List<String> failures = new ArrayList<>();
    StoredVersions stored = server.bean(StoredVersions.class);
    long seen = 0;
    for (Page<VersionPicture> page = stored.versionsAfter(0, 7);
        !page.items().isEmpty();
        page = stored.versionsAfter(page.last(), 7)) {
      for (VersionPicture picture : page.items()) {
        Failure failure = ContentCheck.of(picture);
        if (failure != null) {
          failures.add(picture.version() + " " + failure + " " + picture.entries());
        }
        assertThat(stored.read(picture.version())).isEqualTo(picture);
        seen++;
      }
    }
    assertThat(failures).isEmpty();
    assertThat(seen).isEqualTo(stored.countVersions()).isGreaterThan(40);
  }

  @Test
  void everyEntryHasItsVersion() {
    StoredVersions stored = server.bean(StoredVersions.class);
    Page<EntryPicture> page = stored.entriesAfter(0, 10_000);
    assertThat(page.items())
        .allSatisfy(
            picture -> {
              assertThat(picture.entry().authentic()).isTrue();
              assertThat(picture.entry().columnsAgree()).isTrue();
              if (!picture.stored()) {
                assertThat(ContentCheck.isExpunged(stored.read(picture.entry().subject())))
                    .isTrue();
              }
            });
  }
}
