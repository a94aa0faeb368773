package org.sillok.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CaptureIT extends RunningServer {

  private static final String META =
      "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"meta\",\"valueMeta\":{\"tag\":[{\"system\":\"urn:t\",\"code\":\"%s\"}]}}]}";

  @AfterEach
  void nothingIsMissingAndNothingIsTooMuch() {
    assertLogAndDatabaseAgree();
  }

  @Test
  void aCreateAnUpdateAndADeleteHaveOneEntryEach() {
    String id = post("Patient", "{\"resourceType\":\"Patient\",\"active\":true}").expect(201).id();
    put("Patient/" + id, patient(id, "Kim")).expect(200);
    delete("Patient/" + id).expect(200);

    assertThat(story("Patient", id)).containsExactly("1 create", "2 update", "3 delete");
    assertThat(entriesOf("Patient", id))
        .extracting(row -> row.text("source"))
        .containsExactly("create", "update", "delete");
    assertThat(entriesOf("Patient", id))
        .extracting(row -> row.text("agent"))
        .containsOnly("anonymous");
    assertThat(entriesOf("Patient", id))
        .extracting(row -> row.text("request"))
        .doesNotHaveDuplicates();
    IntStream.rangeClosed(1, 3)
        .forEach(version -> assertCommitmentMatchesVread("Patient", id, version));
  }

  @Test
  void theRequestIdOfTheClientIsIgnored() {
    send("PUT", "Patient/rid", patient("rid", "Kim"), "X-Request-ID", "the-clients-own")
        .expect(201);

    assertThat(entriesOf("Patient", "rid").get(0).text("request"))
        .doesNotContain("the-clients-own");
  }

  @Test
  void anUpdateThatChangesNothingAndAConditionalCreateThatFindsSomethingLeaveNothing() {
    put("Patient/noop", patient("noop", "Noop")).expect(201);
    long before = entryCount();

    put("Patient/noop", patient("noop", "Noop")).expect(200);
    send(
            "POST",
            "Patient",
            patient("", "Noop").replace("\"id\":\"\",", ""),
            "If-None-Exist",
            "family=Noop")
        .expect(200);

    assertThat(entryCount()).isEqualTo(before);
  }

  @Test
  void conditionalUpdatesCreateOrUpdate() {
    String body =
        "{\"resourceType\":\"Patient\",\"identifier\":[{\"system\":\"urn:c\",\"value\":\"1\"}],\"active\":%s}";
    String id = put("Patient?identifier=urn:c%7C1", body.formatted("true")).expect(201).id();
    put("Patient?identifier=urn:c%7C1", body.formatted("false")).expect(200);
    delete("Patient?identifier=urn:c%7C1").expect(200);

    assertThat(story("Patient", id)).containsExactly("1 create", "2 update", "3 delete");
    IntStream.rangeClosed(1, 3)
        .forEach(version -> assertCommitmentMatchesVread("Patient", id, version));
  }

  @Test
  void patchesAreUpdates() {
    put("Patient/patched", patient("patched", "Kim")).expect(201);
    send(
            "PATCH",
            "Patient/patched",
            "[{\"op\":\"add\",\"path\":\"/active\",\"value\":true}]",
            "Content-Type",
            "application/json-patch+json")
        .expect(200);

    assertThat(story("Patient", "patched")).containsExactly("1 create", "2 update");
    assertThat(entriesOf("Patient", "patched").get(1).text("source")).isEqualTo("patch");
    assertCommitmentMatchesVread("Patient", "patched", 2);
  }

  @Test
  void aDeletedResourceThatComesBackGoesOnCounting() {
    put("Patient/lazarus", patient("lazarus", "Kim")).expect(201);
    delete("Patient/lazarus").expect(200);
    delete("Patient/lazarus").expect(200);
    put("Patient/lazarus", patient("lazarus", "Kim")).expect(201);

    assertThat(story("Patient", "lazarus")).containsExactly("1 create", "2 delete", "3 update");
    assertCommitmentMatchesVread("Patient", "lazarus", 3);
  }

  @Test
  void aTransactionSharesOneRequestAndItsReferencesAreResolved() {
    String answer =
        post(
                "",
                bundle(
                    "transaction",
                    "{\"fullUrl\":\"urn:uuid:5f7b3c1e-0000-4000-8000-000000000001\",\"resource\":{\"resourceType\":\"Patient\"},\"request\":{\"method\":\"POST\",\"url\":\"Patient\"}}",
                    bundleEntry(
                        "PUT",
                        "Observation/tx",
                        "{\"resourceType\":\"Observation\",\"id\":\"tx\",\"status\":\"final\",\"code\":{\"text\":\"x\"},\"subject\":{\"reference\":\"urn:uuid:5f7b3c1e-0000-4000-8000-000000000001\"}}")))
            .expect(200)
            .body();

    String patient =
        tree(answer).path("entry").get(0).path("response").path("location").asText().split("/")[1];
    assertThat(story("Patient", patient)).containsExactly("1 create");
    assertThat(story("Observation", "tx")).containsExactly("1 create");
    assertThat(entriesOf("Patient", patient).get(0).text("request"))
        .isEqualTo(entriesOf("Observation", "tx").get(0).text("request"));
    assertThat(entriesOf("Observation", "tx").get(0).text("source")).isEqualTo("transaction");
    assertCommitmentMatchesVread("Patient", patient, 1);
    assertCommitmentMatchesVread("Observation", "tx", 1);
  }

  @Test
  void aTransactionMixesEveryVerb() {
    put("Patient/mix1", patient("mix1", "A")).expect(201);
    put("Patient/mix2", patient("mix2", "B")).expect(201);
    put("Patient/mix3", patient("mix3", "Mixed")).expect(201);
    put("Patient/mix4", patient("mix4", "Mixed")).expect(201);

    post(
            "",
            bundle(
                "transaction",
                bundleEntry("PUT", "Patient/mix1", patient("mix1", "A2")),
                bundleEntry("DELETE", "Patient/mix2", null),
                bundleEntry("DELETE", "Patient?family=Mixed", null),
                bundleEntry(
                    "POST", "Patient", "{\"resourceType\":\"Patient\",\"language\":\"ko\"}")))
        .expect(200);

    assertThat(story("Patient", "mix1")).containsExactly("1 create", "2 update");
    assertThat(story("Patient", "mix2")).containsExactly("1 create", "2 delete");
    assertThat(story("Patient", "mix3")).containsExactly("1 create", "2 delete");
    assertThat(story("Patient", "mix4")).containsExactly("1 create", "2 delete");
    assertThat(List.of("mix1", "mix2", "mix3", "mix4"))
        .extracting(id -> entriesOf("Patient", id).get(1).text("request"))
        .containsOnly(entriesOf("Patient", "mix1").get(1).text("request"));
  }

  @Test
  void theEntriesOfABatchShareARequestAndFailAlone() {
    post(
            "",
            bundle(
                "batch",
                bundleEntry("PUT", "Patient/batch1", patient("batch1", "A")),
                bundleEntry(
                    "PUT", "Observation/batch-bad", observationOf("batch-bad", "Patient/absent")),
                bundleEntry("PUT", "Patient/batch2", patient("batch2", "B"))))
        .expect(200);

    assertThat(story("Patient", "batch1")).containsExactly("1 create");
    assertThat(story("Observation", "batch-bad")).isEmpty();
    assertThat(entriesOf("Patient", "batch1").get(0).text("source")).isEqualTo("batch");
    assertThat(entriesOf("Patient", "batch1").get(0).text("request"))
        .isEqualTo(entriesOf("Patient", "batch2").get(0).text("request"));
  }

  @Test
  void rolledBackWritesLeaveNothing() {
    put("Patient/target", patient("target", "T")).expect(201);
    put("Observation/holder", observationOf("holder", "Patient/target")).expect(201);
    long before = entryCount();

    post(
            "",
            bundle(
                "transaction",
                bundleEntry("PUT", "Patient/rolled-back", patient("rolled-back", "A")),
                bundleEntry(
                    "PUT", "Observation/dangling", observationOf("dangling", "Patient/absent"))))
        .expect(400);
    delete("Patient/target").expect(409);
    put("Patient/12345", patient("12345", "A")).expect(400);

    assertThat(entryCount()).isEqualTo(before);
    assertThat(get("Patient/rolled-back").status()).isEqualTo(404);
  }

  @Test
  void aDeleteOfManyHasAnEntryForEach() {
    IntStream.range(0, 5)
        .forEach(i -> put("Patient/many" + i, patient("many" + i, "Many")).expect(201));
    delete("Patient?family=Many").expect(200);

    for (int i = 0; i < 5; i++) {
      assertThat(story("Patient", "many" + i)).containsExactly("1 create", "2 delete");
      assertCommitmentMatchesVread("Patient", "many" + i, 2);
    }
  }

  @Test
  void aCascadeHasAnEntryForEachOfItsDeletions() {
    put("Patient/parent", patient("parent", "P")).expect(201);
    put("Observation/child", observationOf("child", "Patient/parent")).expect(201);
    delete("Patient/parent?_cascade=delete").expect(200);

    assertThat(story("Patient", "parent")).containsExactly("1 create", "2 delete");
    assertThat(story("Observation", "child")).containsExactly("1 create", "2 delete");
    assertCommitmentMatchesVread("Observation", "child", 2);
  }

  @Test
  void aCascadeThatCommitsAloneWhileItsBundleRollsBackIsLogged() {
    put("Patient/parent2", patient("parent2", "P")).expect(201);
    put("Observation/child2", observationOf("child2", "Patient/parent2")).expect(201);

    send(
            "POST",
            "",
            bundle(
                "transaction",
                bundleEntry("DELETE", "Patient/parent2", null),
                bundleEntry(
                    "PUT", "Observation/dangling2", observationOf("dangling2", "Patient/absent"))),
            "X-Cascade",
            "delete")
        .expect(400);

    assertThat(story("Patient", "parent2")).containsExactly("1 create");
    boolean childIsGone = get("Observation/child2").status() == 410;
    assertThat(story("Observation", "child2"))
        .containsExactlyElementsOf(
            childIsGone ? List.of("1 create", "2 delete") : List.of("1 create"));
    assertThat(childIsGone).as("the case that this test is about").isTrue();
  }

  @Test
  void labelsChangedInPlaceAreARelabelOnce() {
    put("Patient/labels", patient("labels", "L")).expect(201);
    post("Patient/labels/$meta-add", META.formatted("a")).expect(200);
    assertCommitmentMatchesVread("Patient", "labels", 1);
    post("Patient/labels/$meta-delete", META.formatted("a")).expect(200);
    assertCommitmentMatchesVread("Patient", "labels", 1);
    put("Patient/labels", patient("labels", "L2")).expect(200);
    post("Patient/labels/_history/1/$meta-add", META.formatted("old")).expect(200);
    assertCommitmentMatchesVread("Patient", "labels", 1);

    assertThat(story("Patient", "labels"))
        .containsExactly("1 create", "1 relabel", "1 relabel", "2 update", "1 relabel");
    assertThat(entriesOf("Patient", "labels"))
        .extracting(row -> row.text("source"))
        .contains("$meta-add", "$meta-delete");
  }

  @Test
  void labelsThatAreThereAlreadyAreNoChange() {
    put("Patient/same-label", patient("same-label", "L")).expect(201);
    post("Patient/same-label/$meta-add", META.formatted("a")).expect(200);
    post("Patient/same-label/$meta-add", META.formatted("a")).expect(200);

    assertThat(story("Patient", "same-label")).containsExactly("1 create", "1 relabel");
  }

  @Test
  void expungingIsLoggedAndDestroysTheNonces() {
    put("Patient/gone", patient("gone", "G")).expect(201);
    post("Patient/gone/$meta-add", META.formatted("a")).expect(200);
    put("Patient/gone", patient("gone", "G2")).expect(200);
    post("Patient/gone/$expunge", expunge("expungePreviousVersions")).expect(200);

    assertThat(story("Patient", "gone"))
        .containsExactly("1 create", "1 relabel", "2 update", "1 expunge");
    assertThat(entriesOf("Patient", "gone"))
        .extracting(row -> row.nonce() == null)
        .containsExactly(true, true, false, true);
    assertThat(entriesOf("Patient", "gone").get(3).text("salt")).hasSize(64);
    assertCommitmentMatchesVread("Patient", "gone", 2);

    delete("Patient/gone").expect(200);
    post("Patient/gone/$expunge", expunge("expungeDeletedResources")).expect(200);
    assertThat(entriesOf("Patient", "gone")).extracting(LogRow::nonce).containsOnlyNulls();
  }

  @Test
  void expungeEverythingIsRefused() {
    post("$expunge", expunge("expungeEverything")).expect(403);
  }

  @Test
  void binariesKeptInPlaceAndApartAreCommittedToAsReadsReturnThem() {
    Random random = new Random(7);
    for (int size : new int[] {100, 5000}) {
      byte[] data = new byte[size];
      random.nextBytes(data);
      String id = "binary" + size;
      String body =
          "{\"resourceType\":\"Binary\",\"id\":\"%s\",\"contentType\":\"image/png\",\"data\":\"%s\"}";
      put("Binary/" + id, body.formatted(id, Base64.getEncoder().encodeToString(data))).expect(201);
      data[0]++;
      put("Binary/" + id, body.formatted(id, Base64.getEncoder().encodeToString(data))).expect(200);

      assertThat(story("Binary", id)).containsExactly("1 create", "2 update");
      assertThat(get("Binary/" + id + "/_history/2").json().path("data").asText())
          .isEqualTo(Base64.getEncoder().encodeToString(data));
      assertCommitmentMatchesVread("Binary", id, 1);
      assertCommitmentMatchesVread("Binary", id, 2);
    }
    assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM HFJ_BINARY_STORAGE_BLOB", Integer.class))
        .isPositive();
  }

  @Test
  void anAttachmentKeptApartSurvivesAnUpdateThatLeavesItAlone() {
    byte[] data = new byte[4000];
    new Random(8).nextBytes(data);
    put(
            "DocumentReference/apart",
            "{\"resourceType\":\"DocumentReference\",\"id\":\"apart\",\"status\":\"current\",\"content\":[{\"attachment\":{\"contentType\":\"text/plain\",\"data\":\"%s\"}}]}"
                .formatted(Base64.getEncoder().encodeToString(data)))
        .expect(201);
    send(
            "PATCH",
            "DocumentReference/apart",
            "[{\"op\":\"add\",\"path\":\"/description\",\"value\":\"x\"}]",
            "Content-Type",
            "application/json-patch+json")
        .expect(200);

    assertCommitmentMatchesVread("DocumentReference", "apart", 1);
    assertCommitmentMatchesVread("DocumentReference", "apart", 2);
  }

  @Test
  void aResourceThatCannotBeWrittenDownIsRefused() {
    long before = entryCount();
    put(
            "Patient/surrogate",
            "{\"resourceType\":\"Patient\",\"id\":\"surrogate\",\"photo\":[{\"title\":\"\\ud800\"}]}")
        .expect(422);

    assertThat(entryCount()).isEqualTo(before);
  }

  @Test
  void aSubscriptionAndTheServersOwnActivationOfItAreLogged() {
    put(
            "Subscription/sub",
            "{\"resourceType\":\"Subscription\",\"id\":\"sub\",\"status\":\"requested\",\"reason\":\"x\",\"criteria\":\"Basic?code=none\",\"channel\":{\"type\":\"rest-hook\",\"endpoint\":\"http://localhost:1/\",\"payload\":\"application/fhir+json\"}}")
        .expect(201);

    await()
        .untilAsserted(
            () -> assertThat(story("Subscription", "sub")).containsExactly("1 create", "2 update"));
    assertThat(entriesOf("Subscription", "sub").get(1).text("agent")).isEqualTo("system");
    assertThat(entriesOf("Subscription", "sub").get(1).text("source")).isEqualTo("internal");
    assertCommitmentMatchesVread("Subscription", "sub", 2);
  }

  @Test
  void noContentOfAResourceIsInAnEntry() {
    put("Patient/secretive", patient("secretive", "Hong-Gildong")).expect(201);

    JsonNode entry = entriesOf("Patient", "secretive").get(0).entry();
    assertThat(entry.toString()).doesNotContain("Hong");
    assertThat(entry.fieldNames())
        .toIterable()
        .containsExactly(
            "action",
            "agent",
            "commitment",
            "kind",
            "recorded",
            "request",
            "resource",
            "source",
            "v",
            "version");
  }

  private static String observationOf(String id, String subject) {
    return "{\"resourceType\":\"Observation\",\"id\":\"%s\",\"status\":\"final\",\"code\":{\"text\":\"x\"},\"subject\":{\"reference\":\"%s\"}}"
        .formatted(id, subject);
  }

  private static String expunge(String what) {
    return "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"%s\",\"valueBoolean\":true}]}"
        .formatted(what);
  }
}
