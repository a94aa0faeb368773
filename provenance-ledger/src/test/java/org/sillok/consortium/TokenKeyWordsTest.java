package org.sillok.consortium;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sillok.ledger.TokenKeys;

class TokenKeyWordsTest {

  private static List<String> of(String jwks) {
    List<String> lines = TokenKeyWords.of(TokenKeys.parse(jwks));
    assertThat(lines.get(0)).startsWith(jwks.length() + " bytes, SHA-256 ");
    return lines.subList(1, lines.size());
  }

  /** RFC 7638 §3.1 and RFC 8037, appendix A.3. */
  @Test
  void givesTheThumbprintsOfTheSpecifications() {
    String rsa =
        "{\"kty\":\"RSA\",\"n\":\"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu"
            + "1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5"
            + "w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOp"
            + "bISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8"
            + "awapJzKnqDKgw\",\"e\":\"AQAB\",\"alg\":\"RS256\",\"kid\":\"2011-04-29\",\"x5c\":[\"a\"]}";
    String okp =
        "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}";
    assertThat(of("{\"keys\":[" + rsa + "," + okp + "]}"))
        .containsExactly(
            "key \"2011-04-29\", RSA, thumbprint NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs",
            "key without id, OKP, thumbprint kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
  }

  @Test
  void saysWhatIsNoKeyAndWhatIsSecret() {
    assertThat(of("{\"keys\":[]}")).containsExactly("no keys");
    assertThat(of("{\"keys\":[{}]}")).containsExactly("key without id, NOT A PUBLIC KEY");
    assertThat(of("{\"keys\":[{\"kty\":\"oct\",\"k\":\"AA\",\"kid\":\"1\"}]}"))
        .containsExactly("key \"1\", NOT A PUBLIC KEY, WITH ITS SECRET PART");
    assertThat(
            of("{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AA\",\"d\":\"AA\"}]}")
                .get(0))
        .contains("OKP", "WITH ITS SECRET PART");
    // What a quotation mark would smuggle in is no key.
    assertThat(of("{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"A\\\",\\\"y\"}]}"))
        .containsExactly("key without id, NOT A PUBLIC KEY");
    for (String none :
        List.of("", "[]", "{}", "{\"keys\":{}}", "{\"keys\":[1]}", "{\"keys\":[]}x", "nonsense")) {
      assertThat(of(none)).containsExactly("THIS IS NO JWKS");
    }
  }
}
