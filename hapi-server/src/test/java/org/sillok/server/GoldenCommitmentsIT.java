package org.sillok.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.sillok.canonical.CanonicalJson;
import org.sillok.canonical.Commitment;
import org.sillok.canonical.Nonce;

/**
 * Commitments must never change: a version that was committed to once is verified for decades. If
 * one of these fails after an upgrade, HAPI encodes resources differently than before, and
 * everything that is stored already would be reported as altered.
 */
class GoldenCommitmentsIT extends RunningServer {

  @TestFactory
  Stream<DynamicTest> commitmentsNeverChange() throws IOException {
    try (InputStream file = getClass().getResourceAsStream("/golden/resources.json")) {
      JsonNode cases = JSON.readTree(new String(file.readAllBytes(), UTF_8));
      assertThat(cases).hasSizeGreaterThanOrEqualTo(20);
      return StreamSupport.stream(cases.spliterator(), false)
          .map(each -> DynamicTest.dynamicTest(each.path("name").asText(), () -> check(each)));
    }
  }

  private void check(JsonNode golden) throws Exception {
    String type = golden.path("resource").path("resourceType").asText();
    String id = golden.path("resource").path("id").asText();
    assertThat(put(type + "/" + id, golden.path("text").asText()).status()).isBetween(200, 201);
    String read = get(type + "/" + id + "/_history/1").expect(200).body();
    byte[] nonce = HexFormat.of().parseHex(golden.path("nonce").asText());

    assertThat(Commitment.of(Nonce.of(nonce), CanonicalJson.ofResource(read)).toString())
        .as("%s of %s", PlainReader.canonical(read), golden.path("name").asText())
        .isEqualTo(golden.path("commitment").asText())
        .isEqualTo(PlainReader.commitment(nonce, read));
    assertCommitmentMatchesVread(type, id, 1);
  }
}
