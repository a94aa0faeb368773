package org.sillok.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.ReindexParameters;
import ca.uhn.fhir.jpa.dao.tx.IHapiTransactionService;
import ca.uhn.fhir.jpa.model.dao.JpaPid;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.api.server.storage.TransactionDetails;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** Provenance resources as a client meets them. */
@TestPropertySource(
    properties = {
      "sillok.it.name=provenance",
      "sillok.anchor.interval=100ms",
      "sillok.sequencer.interval=50ms",
      "sillok.provenance.enabled=true",
      "sillok.provenance.interval=50ms",
      "sillok.provenance.delay=200ms",
      "sillok.hospital.id=hanbit",
    })
class ProvenanceIT extends RunningServer {

  private static final String EXPUNGE =
      "{\"resourceType\":\"Parameters\",\"parameter\":["
          + "{\"name\":\"expungeDeletedResources\",\"valueBoolean\":true},"
          + "{\"name\":\"expungePreviousVersions\",\"valueBoolean\":true}]}";

  @Autowired private DaoRegistry daos;
  @Autowired private IHapiTransactionService transactions;

  @Test
  void namesTheVersionTheAgentAndTheActivity() {
    put("Observation/named", observation("named", "1", null)).expect(201);
    put("Observation/named", observation("named", "2", null)).expect(200);

    List<JsonNode> provenances = provenancesOf("Observation/named");

    assertThat(provenances).hasSize(2);
    assertThat(provenances)
        .extracting(one -> one.at("/activity/coding/0/code").asText())
        .containsExactlyInAnyOrder("CREATE", "UPDATE");
    JsonNode update =
        provenances.stream()
            .filter(one -> one.at("/activity/coding/0/code").asText().equals("UPDATE"))
            .findFirst()
            .orElseThrow();
    assertThat(targets(update)).containsExactly("Observation/named/_history/2");
    assertThat(update.path("recorded").asText())
        .isEqualTo(entriesOf("Observation", "named").get(1).text("recorded"));
    assertThat(update.at("/agent/0/type/coding/0/code").asText()).isEqualTo("author");
    assertThat(update.at("/agent/0/who/identifier/value").asText()).isEqualTo("anonymous");
    assertThat(update.at("/agent/1/type/coding/0/code").asText()).isEqualTo("custodian");
    assertThat(update.at("/agent/1/who/identifier/value").asText()).isEqualTo("hanbit");
  }

  @Test
  void isFoundFromItsTargetByRevinclude() {
    put("Observation/included", observation("included", "1", null)).expect(201);
    settle();

    JsonNode found = get("Observation?_id=included&_revinclude=Provenance:target").json();

    assertThat(found.path("total").asInt()).isEqualTo(1);
    assertThat(types(found)).containsExactly("Observation", "Provenance");
  }

  @Test
  void tellsOfATransactionOfAHundredInOneProvenance() {
    String[] entries =
        IntStream.range(0, 100)
            .mapToObj(
                i -> {
                  String id = "hundred-" + i;
                  return bundleEntry("PUT", "Observation/" + id, observation(id, "1", null));
                })
            .toArray(String[]::new);
    post("", bundle("transaction", entries)).expect(200);

    List<JsonNode> provenances = provenancesOf("Observation/hundred-50");

    assertThat(provenances).hasSize(1);
    assertThat(targets(provenances.get(0))).hasSize(100).doesNotHaveDuplicates();
    assertThat(provenancesOf("Observation/hundred-99")).isEqualTo(provenances);
  }

  @Test
  void tellsOfTheActivitiesOfATransactionApart() {
    put("Observation/apart-1", observation("apart-1", "1", null)).expect(201);
    post(
            "",
            bundle(
                "transaction",
                bundleEntry("PUT", "Observation/apart-1", observation("apart-1", "2", null)),
                bundleEntry("PUT", "Observation/apart-2", observation("apart-2", "1", null)),
                bundleEntry("PUT", "Observation/apart-3", observation("apart-3", "1", null))))
        .expect(200);

    assertThat(provenancesOf("Observation/apart-1")).hasSize(2);
    assertThat(targets(provenancesOf("Observation/apart-2").get(0)))
        .containsExactlyInAnyOrder(
            "Observation/apart-2/_history/1", "Observation/apart-3/_history/1");
  }

  @Test
  void tellsOfABatchInOneProvenanceAlthoughItsPartsCommitApart() {
    post(
            "",
            bundle(
                "batch",
                bundleEntry("PUT", "Observation/batch-1", observation("batch-1", "1", null)),
                bundleEntry("PUT", "Observation/batch-2", observation("batch-2", "1", null))))
        .expect(200);

    assertThat(targets(provenancesOf("Observation/batch-1").get(0)))
        .containsExactlyInAnyOrder(
            "Observation/batch-1/_history/1", "Observation/batch-2/_history/1");
  }

  @Test
  void isLoggedButHasNoProvenanceItself() {
    put("Observation/chain", observation("chain", "1", null)).expect(201);
    String id = provenancesOf("Observation/chain").get(0).path("id").asText();
    settle();

    assertThat(story("Provenance", id)).containsExactly("1 create");
    assertThat(entriesOf("Provenance", id).get(0).text("agent")).isEqualTo("system");
    assertThat(provenancesOf("Provenance/" + id)).isEmpty();
  }

  @Test
  void isNotWrittenTwiceByAServerThatHasLostItsPlace() {
    put("Observation/twice", observation("twice", "1", null)).expect(201);
    settle();
    long before = stored("Provenance");

    jdbc.update("UPDATE sillok_provenance_cursor SET next_leaf = 0");
    settle();

    assertThat(stored("Provenance")).isEqualTo(before);
    assertThat(provenancesOf("Observation/twice")).hasSize(1);
  }

  @Test
  void isLeftToTheServerThatIsAtIt() throws Exception {
    settle();
    try (Connection other = dataSource.getConnection()) {
      other.setAutoCommit(false);
      other
          .createStatement()
          .executeQuery("SELECT next_leaf FROM sillok_provenance_cursor FOR UPDATE")
          .close();
      put("Observation/other", observation("other", "1", null)).expect(201);
      long told = told();
      Thread.sleep(2000);
      assertThat(told()).isEqualTo(told);
      other.rollback();
    }

    assertThat(provenancesOf("Observation/other")).hasSize(1);
  }

  @Test
  void isSignedForWhoeverFetchesTheKeysOverHttp() throws Exception {
    put("Observation/signed", observation("signed", "1", null)).expect(201);
    JsonNode provenance = provenancesOf("Observation/signed").get(0);

    assertThat(verifies(provenance)).isTrue();

    ((ObjectNode) provenance.at("/target/0"))
        .put("reference", "Observation/somethingElse/_history/1");
    assertThat(verifies(provenance)).isFalse();
  }

  @Test
  void keepsTheSigningKeyToItself() throws Exception {
    Path key = keys("provenance").resolve("provenance.jwk");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    assertThat(get(keysUrl()).body()).doesNotContain("\"d\"");
  }

  @Test
  void doesNotStandAgainstADelete() {
    put("Observation/deleted", observation("deleted", "1", null)).expect(201);
    settle();

    delete("Observation/deleted").expect(200);

    get("Observation/deleted").expect(410);
  }

  @Test
  void namesADeletedTargetByIdentifier() {
    put("Observation/gone", observation("gone", "1", null)).expect(201);
    settle();
    delete("Observation/gone").expect(200);
    settle();

    JsonNode told = provenanceNaming("Observation/gone/_history/2");
    assertThat(told.at("/activity/coding/0/code").asText()).isEqualTo("DELETE");
    assertThat(told.at("/target/0/type").asText()).isEqualTo("Observation");
    assertThat(told.at("/target/0").has("reference")).isFalse();
    assertThat(provenancesOf("Observation/gone")).hasSize(1);
  }

  @Test
  void tellsOfWhatWasDeletedBeforeItCouldBeTold() throws Exception {
    put("Observation/brief", observation("brief", "1", null)).expect(201);
    delete("Observation/brief").expect(200);
    settle();

    assertThat(verifies(provenanceNaming("Observation/brief/_history/2"))).isTrue();
  }

  @Test
  void letsADeletedTargetComeBack() {
    put("Observation/back", observation("back", "1", null)).expect(201);
    settle();
    delete("Observation/back").expect(200);
    settle();
    put("Observation/back", observation("back", "2", null)).expect(201);

    assertThat(provenancesOf("Observation/back").stream().flatMap(one -> targets(one).stream()))
        .contains("Observation/back/_history/1", "Observation/back/_history/3");
  }

  @Test
  void aUsersOwnProvenanceStillStandsAgainstADelete() {
    put("Observation/users", observation("users", "1", null)).expect(201);
    String id = post("Provenance", usersProvenance("Observation/users/_history/1")).id();
    settle();

    delete("Observation/users").expect(409);

    delete("Provenance/" + id).expect(200);
    delete("Observation/users").expect(200);
  }

  @Test
  void aUsersOwnProvenanceIsStoredAsHapiStoresIt() {
    put("Observation/plain", observation("plain", "1", null)).expect(201);

    JsonNode stored = post("Provenance", usersProvenance("Observation/plain/_history/1")).json();

    assertThat(targets(stored)).containsExactly("Observation/plain");
    assertThat(stored.path("meta").has("extension")).isFalse();
    JsonNode told = provenancesOf("Provenance/" + stored.path("id").asText()).get(0);
    assertThat(targets(told))
        .containsExactly("Provenance/" + stored.path("id").asText() + "/_history/1");
  }

  @Test
  void aDeletedTargetCanBeExpunged() {
    put("Observation/expunged", observation("expunged", "1", null)).expect(201);
    put("Observation/expunged", observation("expunged", "2", null)).expect(200);
    settle();
    delete("Observation/expunged").expect(200);
    settle();

    post("Observation/expunged/$expunge", EXPUNGE).expect(200);

    get("Observation/expunged").expect(404);
    assertThat(stored("Observation", "expunged")).isZero();
    settle();
    assertThat(provenanceNaming("Observation/expunged/_history/1").path("id").asText())
        .startsWith("sillok-");
  }

  @Test
  void oneVersionOfATargetCanBeExpunged() {
    put("Observation/version", observation("version", "1", null)).expect(201);
    put("Observation/version", observation("version", "2", null)).expect(200);
    settle();

    post("Observation/version/_history/1/$expunge", EXPUNGE).expect(200);

    get("Observation/version/_history/1").expect(404);
    get("Observation/version").expect(200);
    assertThat(provenancesOf("Observation/version")).isNotEmpty();
  }

  @Test
  void deleteExpungeIsRefusedAndLeavesEverything() {
    put("Observation/kept", observation("kept", "1", null)).expect(201);
    settle();

    assertThat(delete("Observation?_id=kept&_expunge=true").status()).isBetween(400, 499);

    get("Observation/kept").expect(200);
    assertThat(provenancesOf("Observation/kept")).hasSize(1);
    assertThat(story("Observation", "kept")).containsExactly("1 create");
  }

  @Test
  void aWholeTypeCanBeExpunged() {
    put("Basic/type-1", basic("type-1")).expect(201);
    put("Basic/type-2", basic("type-2")).expect(201);
    settle();
    delete("Basic/type-1").expect(200);
    delete("Basic/type-2").expect(200);
    settle();

    post("Basic/$expunge", EXPUNGE).expect(200);

    assertThat(stored("Basic", "type-1") + stored("Basic", "type-2")).isZero();
  }

  @Test
  void aCascadeDeletesWhatUsersWroteAndLeavesProvenances() {
    put("Patient/cascade", patient("cascade", "Kim")).expect(201);
    put("Observation/cascade", observation("cascade", "1", "Patient/cascade")).expect(201);
    settle();
    String id = provenancesOf("Patient/cascade").get(0).path("id").asText();

    delete("Patient/cascade?_cascade=delete").expect(200);

    get("Observation/cascade").expect(410);
    get("Provenance/" + id).expect(200);
  }

  @Test
  void manyCanBeDeletedAtOnce() {
    for (int i = 0; i < 3; i++) {
      put("Basic/many-" + i, basic("many-" + i).replace("\"x\"", "\"many\"")).expect(201);
    }
    settle();

    delete("Basic?code=many").expect(200);

    get("Basic/many-2").expect(410);
    post("", bundle("transaction", bundleEntry("DELETE", "Basic?code=many", null))).expect(200);
  }

  @Test
  void isNotAmongEverythingOfAPatient() {
    put("Patient/everything", patient("everything", "Kim")).expect(201);
    put("Observation/everything", observation("everything", "1", "Patient/everything")).expect(201);
    JsonNode before = get("Patient/everything/$everything").json();
    String users = post("Provenance", usersProvenance("Patient/everything")).id();
    settle();

    JsonNode after = get("Patient/everything/$everything").json();

    assertThat(types(before)).containsExactly("Observation", "Patient");
    assertThat(provenancesOf("Patient/everything")).hasSize(2);
    assertThat(after.path("total").asInt()).isEqualTo(3);
    assertThat(ids(after)).containsExactlyInAnyOrder("everything", "everything", users);
  }

  @Test
  void isOnNoPageOfEverything() {
    put("Patient/pages", patient("pages", "Kim")).expect(201);
    for (int i = 0; i < 20; i++) {
      put("Patient/pages", patient("pages", "Kim" + i)).expect(200);
    }
    String[] entries =
        IntStream.range(0, 40)
            .mapToObj(
                i -> {
                  String id = "pages-" + i;
                  return bundleEntry(
                      "PUT", "Observation/" + id, observation(id, "1", "Patient/pages"));
                })
            .toArray(String[]::new);
    post("", bundle("transaction", entries)).expect(200);
    settle();

    List<String> types = new ArrayList<>();
    JsonNode page = get("Patient/pages/$everything?_count=5").json();
    while (page != null) {
      types.addAll(typesInOrder(page));
      page = next(page);
    }

    assertThat(types).doesNotContain("Provenance").hasSize(41);
  }

  @Test
  void doesNotChangeTheTotalsOfOtherTypes() {
    put("Basic/total", basic("total").replace("\"x\"", "\"total\"")).expect(201);
    settle();

    assertThat(get("Basic?code=total&_total=accurate").json().path("total").asInt()).isEqualTo(1);
    assertThat(get("Basic/total/_history").json().path("total").asInt()).isEqualTo(1);
    assertThat(get("Basic/total").json().at("/meta/versionId").asText()).isEqualTo("1");
  }

  @Test
  void surviveAReindexAfterTheirTargetsAreGone() {
    put("Observation/reindexed", observation("reindexed", "1", null)).expect(201);
    put("Observation/reindexed-2", observation("reindexed-2", "1", null)).expect(201);
    settle();
    String id = provenancesOf("Observation/reindexed-2").get(0).path("id").asText();
    reindex(id);

    delete("Observation/reindexed-2").expect(200);
    reindex(id);

    assertThat(provenancesOf("Observation/reindexed-2")).hasSize(1);
    post("Observation/reindexed-2/$expunge", EXPUNGE).expect(200);
    get("Provenance/" + id).expect(200);
  }

  private void reindex(String provenance) {
    transactions
        .withSystemRequest()
        .execute(
            () ->
                daos.getResourceDao("Provenance")
                    .reindex(
                        JpaPid.fromId(
                            jdbc.queryForObject(
                                "SELECT RES_ID FROM HFJ_RESOURCE WHERE RES_TYPE = 'Provenance' AND FHIR_ID = ?",
                                Long.class,
                                provenance)),
                        new ReindexParameters(),
                        new SystemRequestDetails(),
                        new TransactionDetails()));
  }

  /** As somebody does it who knows docs/provenance.md only. */
  private boolean verifies(JsonNode provenance) throws Exception {
    ObjectNode signed = provenance.deepCopy();
    String jws =
        new String(Base64.getDecoder().decode(signed.at("/signature/0/data").asText()), UTF_8);
    signed.remove("signature");
    signed.remove("meta");
    JWSObject object = JWSObject.parse(jws, new Payload(PlainReader.canonical(signed.toString())));
    JWKSet keys = JWKSet.parse(get(keysUrl()).expect(200).body());
    return object.verify(
        new ECDSAVerifier(keys.getKeyByKeyId(object.getHeader().getKeyID()).toECKey()));
  }

  private String keysUrl() {
    return URI.create(base()).resolve("/ledger/jwks.json").toString();
  }

  private List<JsonNode> provenancesOf(String target) {
    settle();
    return resources(get("Provenance?target=" + target + "&_count=100").json());
  }

  /** The Provenance that names this version by identifier. */
  private JsonNode provenanceNaming(String version) {
    List<String> ids =
        jdbc.queryForList(
            "SELECT r.FHIR_ID FROM HFJ_RES_VER v JOIN HFJ_RESOURCE r ON r.RES_ID = v.RES_ID"
                + " WHERE v.RES_TYPE = 'Provenance' AND v.RES_TEXT_VC LIKE ?",
            String.class,
            "%\"value\":\"" + version + "\"%");
    return get("Provenance/" + ids.get(ids.size() - 1)).expect(200).json();
  }

  private long stored(String type, String id) {
    return jdbc.queryForObject(
        "SELECT COUNT(*) FROM HFJ_RESOURCE WHERE RES_TYPE = ? AND FHIR_ID = ?",
        Long.class,
        type,
        id);
  }

  private long stored(String type) {
    return jdbc.queryForObject(
        "SELECT COUNT(*) FROM HFJ_RESOURCE WHERE RES_TYPE = ?", Long.class, type);
  }

  private JsonNode next(JsonNode page) {
    for (JsonNode link : page.path("link")) {
      if (link.path("relation").asText().equals("next")) {
        return get(link.path("url").asText()).expect(200).json();
      }
    }
    return null;
  }

  private static List<JsonNode> resources(JsonNode bundle) {
    List<JsonNode> resources = new ArrayList<>();
    bundle.path("entry").forEach(entry -> resources.add(entry.path("resource")));
    return resources;
  }

  private static List<String> targets(JsonNode provenance) {
    List<String> targets = new ArrayList<>();
    provenance.path("target").forEach(target -> targets.add(target.path("reference").asText()));
    return targets;
  }

  private static List<String> ids(JsonNode bundle) {
    return resources(bundle).stream().map(one -> one.path("id").asText()).toList();
  }

  private static List<String> typesInOrder(JsonNode bundle) {
    return resources(bundle).stream().map(one -> one.path("resourceType").asText()).toList();
  }

  private static TreeSet<String> types(JsonNode bundle) {
    return new TreeSet<>(typesInOrder(bundle));
  }

  private static String observation(String id, String text, String subject) {
    return "{\"resourceType\":\"Observation\",\"id\":\"%s\",\"status\":\"final\",\"code\":{\"text\":\"%s\"}%s}"
        .formatted(
            id, text, subject == null ? "" : ",\"subject\":{\"reference\":\"" + subject + "\"}");
  }

  private static String basic(String id) {
    return "{\"resourceType\":\"Basic\",\"id\":\"%s\",\"code\":{\"coding\":[{\"code\":\"x\"}]}}"
        .formatted(id);
  }

  private static String usersProvenance(String target) {
    return ("{\"resourceType\":\"Provenance\",\"target\":[{\"reference\":\"%s\"}],"
            + "\"recorded\":\"2026-11-22T01:02:03Z\",\"agent\":[{\"who\":{\"display\":\"Kim\"}}]}")
        .formatted(target);
  }
}
