package org.sillok.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.sillok.ledger.json.Json;

/**
 * Which texts the ledger's values take. The contracts' tests read the same {@code forms.json}: what
 * they accept can be read here.
 */
class FormsTest {

  private static final LogVkey VKEY = LogVkey.parse("seoul.example/log+0123abcd+AWl4LmV4YW1wbGU=");

  @Test
  void hospitalIds() throws IOException {
    check("hospitalId", HospitalId::parse);
  }

  @Test
  void names() throws IOException {
    check("name", name -> hospital(name, "https://seoul.example/fhir"));
  }

  @Test
  void fhirBaseUrls() throws IOException {
    check("fhirBaseUrl", url -> hospital("Seoul", url));
    assertThat(texts("fhirBaseUrl", "refusedByContracts"))
        .allSatisfy(url -> hospital("Seoul", url));
  }

  @Test
  void verifierKeys() throws IOException {
    check("logVkey", LogVkey::parse);
  }

  private static void check(String form, Consumer<String> take) throws IOException {
    assertThat(texts(form, "accepted")).isNotEmpty().allSatisfy(take);
    assertThat(texts(form, "refused"))
        .isNotEmpty()
        .allSatisfy(
            text ->
                assertThatThrownBy(() -> take.accept(text))
                    .isInstanceOf(IllegalArgumentException.class));
  }

  private static List<String> texts(String form, String which) throws IOException {
    try (InputStream in = FormsTest.class.getResourceAsStream("forms.json")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
      Map<?, ?> lists = (Map<?, ?>) Json.parse(text).get(form);
      return ((List<?>) lists.get(which)).stream().map(String.class::cast).toList();
    }
  }

  private static Hospital hospital(String name, String url) {
    return new Hospital(
        HospitalId.parse("seoul"),
        name,
        URI.create(url),
        Address.parse("0x" + "11".repeat(20)),
        Address.parse("0x" + "22".repeat(20)),
        VKEY,
        TokenKeys.NONE,
        true);
  }
}
