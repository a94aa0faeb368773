package org.sillok.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sillok.verification.BroadMix.json;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A server that had data before Sillok came to it. */
class ImportIT {

  @Test
  void whatWasThereBeforeIsImportedOnceAndRaisesNoAlarm() {
    Path directory = RunningServer.directory();
    try (RunningServer plain = RunningServer.start(directory, "--sillok.enabled=false")) {
      for (int i = 0; i < 40; i++) {
        plain.put("Basic/b", json("{'resourceType':'Basic','id':'b','code':{'text':'" + i + "'}}"));
      }
      plain.delete("Basic/b").expect(200);
    }
    try (RunningServer server = RunningServer.start(directory)) {
      server.put("Basic/new", json("{'resourceType':'Basic','id':'new'}")).expect(201);
      FullCheck check = FullCheck.of(server);
      for (int i = 0; i < 100 && !check.counts().containsKey("imported"); i++) {
        FullCheck.sleep();
        check = FullCheck.of(server);
      }
      assertThat(check.findings()).isEmpty();
      assertThat(check.counts()).containsEntry("imported", 41L);
      assertThat(server.value("SELECT entry FROM sillok_entry WHERE kind = 'import-closed'"))
          .asString()
          .contains("\"count\":\"41\"");
      assertThat(server.get("Basic/b/_history/40/$verify").body()).contains("\"imported\"");

      server.sql("DELETE FROM sillok_entry WHERE resource_id = 'new'");
      assertThat(FullCheck.of(server).findings())
          .as("the import is closed")
          .contains("Basic/new/_history/1 birth-entry");
    }
  }
}
