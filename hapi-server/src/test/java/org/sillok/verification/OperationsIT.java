package org.sillok.verification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.sillok.verification.BroadMix.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sillok.evidence.EvidenceVerifier;
import org.sillok.evidence.Outcome;
import org.sillok.evidence.Trust;

/** The operations as their users see them, and what somebody can do without them. */
class OperationsIT {

  private static RunningServer server;

  @BeforeAll
  static void write() throws InterruptedException {
    server = RunningServer.shared();
    for (int i = 0; i < 300; i++) {
      server
          .put(
              "Basic/op" + i,
              json("{'resourceType':'Basic','id':'op" + i + "','code':{'text':'한글 \\u0001 € 😀'}}"))
          .expect(201);
    }
    server.put("Observation/op", OBSERVATION).expect(201);
    server.put("Observation/op", OBSERVATION.replace("1.00", "1.50")).expect(200);
    for (int i = 0; i < 300 && !verify("Observation/op").contains("\"verified\""); i++) {
      Thread.sleep(100);
    }
  }

  private static final String OBSERVATION =
      json(
          "{'resourceType':'Observation','id':'op','meta':{'profile':['http://z','http://a'],"
              + "'tag':[{'system':'http://t','code':'b'},{'system':'http://t','code':'a'}]},"
              + "'status':'final','code':{'text':'a/b \\\"c\\\" é'},'valueQuantity':{'value':1.00}}");

  private static String verify(String version) {
    return server.get(version + "/$verify").body();
  }

  private static JsonNode part(JsonNode parameters, String name) {
    for (JsonNode parameter :
        parameters.path("parameter").isMissingNode()
            ? parameters.path("part")
            : parameters.path("parameter")) {
      if (parameter.path("name").asText().equals(name)) {
        return parameter;
      }
    }
    throw new AssertionError(name + " in " + parameters);
  }

  @Test
  void verifiesTheCurrentAndAnOlderVersion() {
    JsonNode verdict = server.get("Observation/op/$verify").expect(200).json();
    assertThat(part(verdict, "code").path("valueCode").asText()).isEqualTo("verified");
    assertThat(part(verdict, "target").path("valueUri").asText())
        .isEqualTo("Observation/op/_history/2");
    assertThat(part(part(verdict, "receipt"), "transaction").path("valueString").asText())
        .hasSize(64);
    assertThat(verify("Observation/op/_history/1")).contains("\"verified\"", "_history/1");
  }

  @Test
  void saysWhatToDoAboutWhatItDoesNotKnow() {
    for (String unknown : List.of("Observation/none", "Observation/op/_history/99")) {
      RunningServer.Answer answer = server.get(unknown + "/$verify").expect(404);
      assertThat(answer.json().path("resourceType").asText()).isEqualTo("OperationOutcome");
      assertThat(answer.body()).contains("/_history lists the versions");
    }
    assertThat(server.get("Observation/op/_history/x/$verify").expect(400).body())
        .contains("OperationOutcome", "_history/3");
    assertThat(server.get("Observation/a_b/$verify").status()).isEqualTo(400);
    assertThat(server.get("Observation/op/$evidence").expect(400).body())
        .contains("_history/[version]/$evidence");
    assertThat(server.get("Observation/none/_history/1/$evidence").expect(404).body())
        .contains("OperationOutcome");
    assertThat(server.get("$verify").expect(400).body()).contains("respond-async");
    assertThat(server.get("$verify-status?job=none").expect(404).body())
        .contains("OperationOutcome");
    assertThat(server.get("$verify-status").expect(404).body()).contains("OperationOutcome");
    assertThat(server.delete("$verify-status?job=none").expect(404).body())
        .contains("OperationOutcome");
  }

  @Test
  void aCheckCanBeStopped() {
    String status =
        server
            .send(server.request("/fhir/$verify").header("Prefer", "respond-async"))
            .expect(202)
            .raw()
            .headers()
            .firstValue("Content-Location")
            .orElseThrow();
    server.send(server.request(status).DELETE()).expect(202);
    server.send(server.request(status)).expect(404);
  }

  @Test
  void standsInTheCapabilityStatementWithDefinitionsThatCanBeRead() {
    JsonNode rest = server.get("metadata").expect(200).json().path("rest").path(0);
    List<String> definitions = new ArrayList<>();
    rest.path("operation").forEach(operation -> add(operation, definitions));
    for (JsonNode resource : rest.path("resource")) {
      if (resource.path("type").asText().equals("Observation")) {
        resource.path("operation").forEach(operation -> add(operation, definitions));
      }
    }
    assertThat(definitions).hasSizeGreaterThanOrEqualTo(5);
    for (String definition : definitions) {
      JsonNode read = server.send(server.request(definition)).expect(200).json();
      assertThat(read.path("resourceType").asText()).isEqualTo("OperationDefinition");
    }
  }

  private static void add(JsonNode operation, List<String> definitions) {
    if (List.of("verify", "evidence", "verify-status", "findings", "review")
        .contains(operation.path("name").asText())) {
      definitions.add(operation.path("definition").asText());
    }
  }

  @Test
  void evidenceConvincesWithoutTheServer() {
    for (String question : List.of("", "?content=true")) {
      byte[] file = server.bytes("/fhir/Observation/op/_history/1/$evidence" + question);
      assertThat(EvidenceVerifier.verify(file, Trust.NONE, null).outcome())
          .isInstanceOf(Outcome.Verified.class);
      assertThat(new String(file, UTF_8).contains("valueQuantity")).isEqualTo(!question.isEmpty());
    }
    JsonNode asked = server.get("Observation/op/_history/1/$evidence").expect(200).json();
    assertThat(asked.path("resourceType").asText()).isEqualTo("Binary");
  }

  @Test
  void aVersionThatWasAlteredHasAVerdictAndNoEvidence() {
    String resource = "{'resourceType':'Observation','id':'spoilt','status':'final'}";
    server.put("Observation/spoilt", json(resource)).expect(201);
    String version = "Observation/spoilt/_history/1";
    String text = "{\"resourceType\":\"Observation\",\"status\":\"final\"}";
    try {
      for (String spoilt :
          List.of(
              text.replace("final", "amended"),
              "{",
              "no JSON <!",
              "{\"resourceType\":\"Nothing\",\"x\":\"<!\"}")) {
        assertThat(spoil(spoilt)).isEqualTo(1);

        JsonNode verdict = server.get(version + "/$verify").expect(200).json();

        assertThat(part(verdict, "code").path("valueCode").asText()).isEqualTo("altered");
        assertThat(part(part(verdict, "failure"), "step").path("valueCode").asText())
            .isEqualTo("content");
        for (String question : List.of("", "?content=true")) {
          assertThat(server.get(version + "/$evidence" + question).expect(409).body())
              .contains("content");
        }
      }
    } finally {
      assertThat(spoil(text)).isEqualTo(1);
    }
    assertThat(verify(version)).doesNotContain("altered");
    server.get(version + "/$evidence").expect(200);
  }

  private static int spoil(String text) {
    return server.sql(
        "UPDATE HFJ_RES_VER SET RES_TEXT_VC = ? WHERE RES_ID ="
            + " (SELECT RES_ID FROM HFJ_RESOURCE WHERE FHIR_ID = 'spoilt')",
        text);
  }

  /** Knows docs/formats.md, HTTP, JSON and SHA-256, and no class of this project. */
  @Test
  void anOutsiderComesToTheSameAnswer() throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    JsonNode evidence =
        mapper.readTree(server.bytes("/fhir/Observation/op/_history/2/$evidence?content=true"));
    String entry = evidence.path("entry").asText();
    JsonNode leaf = mapper.readTree(entry);

    String canonical =
        "{\"code\":{\"text\":\"a/b \\\"c\\\" é\"},\"id\":\"op\",\"meta\":{\"profile\":[\"http://a\",\"http://z\"],"
            + "\"tag\":[{\"code\":\"a\",\"system\":\"http://t\"},{\"code\":\"b\",\"system\":\"http://t\"}]},"
            + "\"resourceType\":\"Observation\",\"status\":\"final\",\"valueQuantity\":{\"value\":1.50}}";
    assertThat(canonical(server.get("Observation/op/_history/2").expect(200).body()))
        .isEqualTo(canonical);
    Mac hmac = Mac.getInstance("HmacSHA256");
    hmac.init(
        new SecretKeySpec(HexFormat.of().parseHex(evidence.path("nonce").asText()), "HmacSHA256"));
    assertThat(HexFormat.of().formatHex(hmac.doFinal(canonical.getBytes(UTF_8))))
        .isEqualTo(leaf.path("commitment").asText());
    assertThat(leaf.path("resource").asText()).isEqualTo("Observation/op");

    String[] checkpoint = new String(server.bytes("/ledger/checkpoint"), UTF_8).split("\n", -1);
    long size = Long.parseLong(checkpoint[1]);
    byte[] root = Base64.getDecoder().decode(checkpoint[2]);
    JsonNode verdict = server.get("Observation/op/$verify").json();
    long index = part(part(verdict, "entry"), "leafIndex").path("valueDecimal").asLong();
    byte[] hash = sha256((byte) 0, entry.getBytes(UTF_8));
    assertThat(leaf(index, size)).isEqualTo(hash);
    assertThat(rootOverPath(hash, index, size)).isEqualTo(root);
    assertThat(part(verdict, "code").path("valueCode").asText()).isEqualTo("verified");
  }

  private static String canonical(String body) throws Exception {
    ObjectMapper mapper =
        new ObjectMapper()
            .enable(
                com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(com.fasterxml.jackson.databind.SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .setNodeFactory(
                com.fasterxml.jackson.databind.node.JsonNodeFactory.withExactBigDecimals(true));
    @SuppressWarnings("unchecked")
    java.util.Map<String, Object> resource =
        mapper.convertValue(mapper.readTree(body), java.util.Map.class);
    @SuppressWarnings("unchecked")
    java.util.Map<String, Object> meta = (java.util.Map<String, Object>) resource.get("meta");
    meta.keySet().retainAll(List.of("profile", "security", "tag"));
    for (Object list : meta.values()) {
      ((List<?>) list).sort(java.util.Comparator.comparing(Object::toString));
    }
    return mapper.writeValueAsString(resource);
  }

  private static byte[] sha256(byte prefix, byte[]... parts) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(prefix);
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }

  private static byte[] leaf(long index, long size) {
    return node(0, index, size);
  }

  /** A hash of tile level {@code level}, by the addresses of C2SP tlog-tiles. */
  private static byte[] node(int level, long index, long size) {
    long width = size >>> (8 * level);
    long tile = index / 256;
    String partial = tile < width / 256 ? "" : ".p/" + width % 256;
    byte[] hashes = server.bytes("/ledger/tile/" + level + "/" + "%03d".formatted(tile) + partial);
    int at = (int) (index % 256) * 32;
    return Arrays.copyOfRange(hashes, at, at + 32);
  }

  /** RFC 6962 MTH of leaves [begin, end). */
  private static byte[] mth(long begin, long end, long size) throws Exception {
    long count = end - begin;
    if (count == 1) {
      return leaf(begin, size);
    }
    if (count == 256 && begin % 256 == 0) {
      return node(1, begin / 256, size);
    }
    long split = Long.highestOneBit(count - 1);
    return sha256((byte) 1, mth(begin, begin + split, size), mth(begin + split, end, size));
  }

  private static byte[] rootOverPath(byte[] leaf, long index, long size) throws Exception {
    return over(leaf, index, 0, size, size);
  }

  private static byte[] over(byte[] leaf, long index, long begin, long end, long size)
      throws Exception {
    if (end - begin == 1) {
      return leaf;
    }
    long split = begin + Long.highestOneBit(end - begin - 1);
    return index < split
        ? sha256((byte) 1, over(leaf, index, begin, split, size), mth(split, end, size))
        : sha256((byte) 1, mth(begin, split, size), over(leaf, index, split, end, size));
  }
}
