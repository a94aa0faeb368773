package org.sillok.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sillok.verification.BroadMix.json;

import org.junit.jupiter.api.Test;

/** A server that keeps labels in the resources' texts, and not in tables beside them. */
class InlineTagsIT {

  private static final String LABELS =
      "'meta':{'profile':['http://p'],'security':[{'system':'http://s','code':'R'}],"
          + "'tag':[{'system':'http://t','code':'%s'}]}";

  private static String patient(String tag) {
    return json("{'resourceType':'Patient','id':'inline'," + LABELS.formatted(tag) + "}");
  }

  @Test
  void labelsInTheTextAreVerifiedAndTheirTamperingIsNoticed() {
    try (RunningServer server =
        RunningServer.start(RunningServer.directory(), "--sillok.it.tags=INLINE")) {
      server.put("Patient/inline", patient("one")).expect(201);
      server.put("Patient/inline", patient("two")).expect(200);
      server.put("Patient/plain", json("{'resourceType':'Patient','id':'plain'}")).expect(201);
      assertThat(server.get("Patient/inline").expect(200).body()).contains("http://t", "two");
      assertThat(server.value("SELECT COUNT(*) FROM HFJ_HISTORY_TAG")).isEqualTo(0L);

      FullCheck check = FullCheck.of(server);
      for (int i = 0; i < 100 && check.counts().containsKey("pending"); i++) {
        FullCheck.sleep();
        check = FullCheck.of(server);
      }
      assertThat(check.findings()).isEmpty();
      assertThat(check.counts()).containsOnlyKeys("verified");

      assertThat(
              server.sql(
                  "UPDATE HFJ_RES_VER SET RES_TEXT_VC = REPLACE(RES_TEXT_VC, 'two', 'six')"
                      + " WHERE RES_TEXT_VC LIKE '%\"two\"%'"))
          .isEqualTo(1);
      assertThat(FullCheck.of(server).findings())
          .containsExactly("Patient/inline/_history/2 content");
    }
  }
}
