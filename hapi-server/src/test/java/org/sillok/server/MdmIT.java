package org.sillok.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

@TestPropertySource(
    properties = {
      "spring.datasource.url=jdbc:h2:mem:mdm;DB_CLOSE_DELAY=-1",
      "sillok.data-directory=target/it/mdm",
      "hapi.fhir.mdm_enabled=true"
    })
@DirtiesContext
class MdmIT extends RunningServer {

  @Test
  void goldenResourcesAreLogged() {
    put("Patient/source", patient("source", "Kim")).expect(201);

    String golden =
        await()
            .atMost(Duration.ofSeconds(60))
            .until(
                () ->
                    get("Patient?_tag=GOLDEN_RECORD")
                        .json()
                        .path("entry")
                        .path(0)
                        .path("resource")
                        .path("id")
                        .asText(),
                id -> !id.isEmpty());
    assertThat(story("Patient", golden)).startsWith("1 create");
    assertThat(entriesOf("Patient", golden).get(0).text("agent")).isEqualTo("system");
    await().untilAsserted(this::assertLogAndDatabaseAgree);
    assertEveryCommitmentMatches();
  }
}
