package org.sillok.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** What master data management writes: golden resources, and its own subscriptions. */
@TestPropertySource(properties = "sillok.it.name=mdm")
@DirtiesContext
class MdmIT extends MdmServer {

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
