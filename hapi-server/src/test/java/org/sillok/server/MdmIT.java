package org.sillok.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** What master data management writes: golden resources, and its own subscriptions. */
@TestPropertySource(properties = {"sillok.it.name=mdm", "hapi.fhir.mdm_enabled=true"})
@DirtiesContext
class MdmIT extends RunningServer {

  @Test
  void aGoldenResourceIsLogged() {
    put("Patient/source", bornPatient("source", "Kim")).expect(201);

    String golden = goldenOf("source");
    assertThat(golden).isNotEqualTo("source");
    assertThat(story("Patient", golden)).containsExactly("1 create");
    assertWrittenByTheServer("Patient", golden);
    assertThat(story("Patient", "source")).containsExactly("1 create");
    await().untilAsserted(this::assertLogAndDatabaseAgree);
    assertEveryCommitmentMatches();
  }

  @Test
  void bothGoldenResourcesOfAMergeAreLogged() {
    put("Patient/from", bornPatient("from", "Lee")).expect(201);
    put("Patient/into", bornPatient("into", "Park")).expect(201);
    String from = goldenOf("from");
    String into = goldenOf("into");

    post(
            "$mdm-merge-golden-resources",
            """
            {"resourceType":"Parameters","parameter":[
              {"name":"fromGoldenResourceId","valueString":"Patient/%s"},
              {"name":"toGoldenResourceId","valueString":"Patient/%s"}]}"""
                .formatted(from, into))
        .expect(200);

    assertThat(story("Patient", from)).containsExactly("1 create", "2 update");
    assertThat(story("Patient", into)).containsExactly("1 create", "2 update");
    assertWrittenByTheServer("Patient", from);
    assertWrittenByTheServer("Patient", into);
    await().untilAsserted(this::assertLogAndDatabaseAgree);
    assertEveryCommitmentMatches();
  }

  @Test
  void aRefusedEditOfAGoldenResourceLeavesNoEntry() {
    put("Patient/edited", bornPatient("edited", "Choi")).expect(201);
    String golden = goldenOf("edited");

    String edited = get("Patient/" + golden).body().replace("Choi", "Jung");
    put("Patient/" + golden, edited).expect(403);

    assertThat(story("Patient", golden)).containsExactly("1 create");
    await().untilAsserted(this::assertLogAndDatabaseAgree);
  }

  @Test
  void theSubscriptionsOfMdmAreLogged() {
    assertThat(story("Subscription", "mdm-Patient")).startsWith("1 create");
    assertWrittenByTheServer("Subscription", "mdm-Patient");
  }

  /**
   * MDM passes by what has no birth date and no identifier: its rules look for candidates by them.
   */
  private static String bornPatient(String id, String family) {
    return "{\"resourceType\":\"Patient\",\"id\":\"%s\",\"name\":[{\"family\":\"%s\"}],\"birthDate\":\"1970-01-01\"}"
        .formatted(id, family);
  }

  private String goldenOf(String source) {
    return await()
        .atMost(Duration.ofSeconds(40))
        .until(() -> linkedGolden(source), golden -> !golden.isEmpty());
  }

  /** Id of the golden resource that MDM has linked to the patient, or an empty string. */
  private String linkedGolden(String source) {
    JsonNode link = get("$mdm-query-links?resourceId=Patient/" + source).expect(200).json();
    for (JsonNode parameter : link.path("parameter")) {
      for (JsonNode part : parameter.path("part")) {
        if (part.path("name").asText().equals("goldenResourceId")) {
          return part.path("valueString").asText().replace("Patient/", "");
        }
      }
    }
    return "";
  }

  private void assertWrittenByTheServer(String type, String id) {
    assertThat(entriesOf(type, id))
        .isNotEmpty()
        .allSatisfy(
            row -> {
              assertThat(row.text("agent")).isEqualTo("system");
              assertThat(row.text("source")).isEqualTo("internal");
            });
  }
}
