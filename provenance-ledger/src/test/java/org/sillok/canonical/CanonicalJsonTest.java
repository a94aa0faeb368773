package org.sillok.canonical;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sillok.canonical.Labels.Coding;

class CanonicalJsonTest {

  private static String form(String json) throws CanonicalFormException {
    String text = new String(CanonicalJson.ofResource(json), UTF_8);
    assertThat(new String(CanonicalJson.ofResource(json.getBytes(UTF_8)), UTF_8)).isEqualTo(text);
    return text;
  }

  @Test
  void sortsMembersAndDropsWhiteSpace() throws CanonicalFormException {
    assertThat(form(" {\"b\" : [ 1 , {\"d\":true,\"c\":null} , [] , {} ] ,\n\"a\":\"x\"} "))
        .isEqualTo("{\"a\":\"x\",\"b\":[1,{\"c\":null,\"d\":true},[],{}]}");
    assertThat(form("{}")).isEqualTo("{}");
  }

  @Test
  void sortsNamesByUtf16CodeUnitsAsInRfc8785() throws CanonicalFormException {
    // RFC 8785 §3.2.3: the emoji's surrogates sort before U+FB33.
    assertThat(
            form(
                "{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,"
                    + "\"\\u0080\":6,\"\\u00f6\":7}"))
        .isEqualTo(
            "{\"\\r\":2,\"1\":4,\"\u0080\":6,\"\u00f6\":7,\"\u20ac\":1,"
                + "\"\ud83d\ude00\":5,\"\ufb33\":3}");
  }

  @Test
  void escapesStringsAsInRfc8785() throws CanonicalFormException {
    assertThat(form("{\"a\":\"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\"}"))
        .isEqualTo("{\"a\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "-0", "0.0", "-0.0", "1.0", "1.00", "1e3", "1E3", "1E+03", "1e-7", "100e-2"})
  void keepsTheTextOfNumbers(String number) throws CanonicalFormException {
    assertThat(form("{\"value\": " + number + " }")).isEqualTo("{\"value\":" + number + "}");
  }

  @Test
  void keepsTheTextOfNumbersThatNoDoubleHolds() throws CanonicalFormException {
    String number = "1".repeat(900) + "." + "7".repeat(90);
    assertThat(form("{\"value\":" + number + "}")).isEqualTo("{\"value\":" + number + "}");
  }

  @Test
  void agreesWithANaiveWriterWhateverTheSpelling() throws CanonicalFormException {
    Random random = new Random(8785);
    RandomJson json = new RandomJson(random);
    for (int round = 0; round < 4000; round++) {
      Map<String, Object> object = json.object(5);
      String want = RandomJson.canonical(object);
      String awkward = json.awkward(object);
      assertThat(form(awkward)).as(awkward).isEqualTo(want);
      assertThat(form(want)).as("canonical form of itself").isEqualTo(want);
    }
  }

  @Test
  void doesNotDependOnTheLocale() throws CanonicalFormException {
    Locale before = Locale.getDefault();
    try {
      for (String tag : List.of("tr-TR", "ar-EG-u-nu-arab", "th-TH-u-nu-thai", "az", "lt")) {
        Locale.setDefault(Locale.forLanguageTag(tag));
        agreesWithANaiveWriterWhateverTheSpelling();
        assertThat(form("{\"I\":1,\"i\":\"\\u001f\",\"ı\":2,\"İ\":3}"))
            .isEqualTo("{\"I\":1,\"i\":\"\\u001f\",\"İ\":3,\"ı\":2}");
        assertThat(Commitment.of(Nonce.of(new byte[32]), new byte[0]))
            .hasToString("b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void takesLargeObjectsAndStrings() throws CanonicalFormException {
    StringBuilder json = new StringBuilder("{");
    StringBuilder want = new StringBuilder("{");
    for (int i = 0; i < 50_000; i++) {
      json.append("\"m").append(99_999 - i).append("\":").append(i).append(',');
      want.append("\"m").append(50_000 + i).append("\":").append(49_999 - i).append(',');
    }
    String big = "\u00e9\"".repeat(100_000);
    json.append("\"data\":\"").append(big.replace("\"", "\\\"")).append("\"}");
    want.insert(1, "\"data\":\"" + big.replace("\"", "\\\"") + "\",");
    want.setCharAt(want.length() - 1, '}');
    assertThat(form(json.toString())).isEqualTo(want.toString());
  }

  // ---- meta

  @Test
  void reducesMetaToSortedLabels() throws CanonicalFormException {
    assertThat(
            form(
                """
                {"resourceType":"Patient","id":"7","meta":{"versionId":"3","source":"#x",
                 "lastUpdated":"2026-11-22T01:02:03.004Z","extension":[{"url":"u"}],
                 "tag":[{"system":"s","code":"b","display":"B","userSelected":true},
                        {"code":"z"},{"version":"1","system":"s","code":"a"},
                        {"display":"again","code":"b","system":"s"},{"system":"only"}],
                 "profile":["http://p/2","http://p/1","http://p/2"],
                 "security":[{"system":"c","code":"R"}]}}
                """))
        .isEqualTo(
            "{\"id\":\"7\",\"meta\":{\"profile\":[\"http://p/1\",\"http://p/2\"],"
                + "\"security\":[{\"code\":\"R\",\"system\":\"c\"}],"
                + "\"tag\":[{\"code\":\"z\"},{\"system\":\"only\"},"
                + "{\"code\":\"a\",\"system\":\"s\"},{\"code\":\"b\",\"system\":\"s\"}]},"
                + "\"resourceType\":\"Patient\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"versionId\":\"1\"}",
        "{\"tag\":[],\"profile\":[],\"security\":[]}",
        "{\"profile\":[null],\"_profile\":[{\"id\":\"x\"}]}"
      })
  void leavesOutAMetaWithoutLabels(String meta) throws CanonicalFormException {
    assertThat(form("{\"meta\":" + meta + ",\"a\":1}")).isEqualTo("{\"a\":1}");
    assertThat(form("{\"meta\":" + meta + "}")).isEqualTo("{}");
  }

  @Test
  void keepsTheMetaOfContainedResourcesAndEntries() throws CanonicalFormException {
    String bundle =
        "{\"entry\":[{\"resource\":{\"id\":\"1\",\"meta\":{\"versionId\":\"2\"}}}],"
            + "\"resourceType\":\"Bundle\"}";
    assertThat(form(bundle)).isEqualTo(bundle);
    String contained = "{\"contained\":[{\"id\":\"c\",\"meta\":{\"tag\":[{\"code\":\"t\"}]}}]}";
    assertThat(form(contained)).isEqualTo(contained);
  }

  @Test
  void storedTextWithWhatStandsBesideItIsTheSameAsTheRead() throws CanonicalFormException {
    String stored = "{\"resourceType\":\"Patient\",\"active\":true,\"_id\":{\"id\":\"e\"}}";
    Labels labels =
        new Labels(
            List.of("q", "p"),
            List.of(new Coding("s", "c")),
            List.of(new Coding(null, "t"), new Coding("", "t")));
    String read =
        "{\"resourceType\":\"Patient\",\"id\":\"7\",\"meta\":{\"versionId\":\"1\","
            + "\"profile\":[\"p\",\"q\"],\"security\":[{\"system\":\"s\",\"code\":\"c\"}],"
            + "\"tag\":[{\"code\":\"t\",\"display\":\"T\"}]},\"_id\":{\"id\":\"e\"},"
            + "\"active\":true}";
    assertThat(CanonicalJson.ofStored(stored, "7", labels))
        .isEqualTo(CanonicalJson.ofResource(read));
    assertThat(CanonicalJson.ofStored(read, "7", labels)).isEqualTo(CanonicalJson.ofResource(read));
    assertThat(new String(CanonicalJson.ofStored(stored, "8", Labels.NONE), UTF_8))
        .isEqualTo(
            "{\"_id\":{\"id\":\"e\"},\"active\":true,\"id\":\"8\",\"resourceType\":\"Patient\"}");
  }

  @Test
  void labelsInAStoredTextThatAreNotThoseBesideItAreRefused() {
    Labels beside = new Labels(List.of("p"), List.of(), List.of());
    for (String meta :
        List.of(
            "{\"security\":[{\"system\":\"s\",\"code\":\"c\"}]}",
            "{\"tag\":[{}]}",
            "{\"profile\":[\"p\",\"q\"]}")) {
      for (Labels labels : List.of(Labels.NONE, beside)) {
        assertThatThrownBy(
                () ->
                    CanonicalJson.ofStored(
                        "{\"resourceType\":\"Patient\",\"meta\":" + meta + "}", "7", labels))
            .isInstanceOf(CanonicalFormException.class)
            .hasMessageContaining("labels of its own");
      }
    }
  }

  @Test
  void aDeletionIsItsTypeAndId() {
    assertThat(new String(CanonicalJson.ofDeletion("Patient", "7"), UTF_8))
        .isEqualTo("{\"id\":\"7\",\"resourceType\":\"Patient\"}");
    assertThatThrownBy(() -> CanonicalJson.ofDeletion("P\",\"x\":\"", "7"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CanonicalJson.ofDeletion("Patient", "\ud800"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  // ---- what has no canonical form

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":1,\"a\":1}|\"a\" is there twice, at the top",
        "{\"a\":1,\"b\":2,\"\\u0061\":3}|\"a\" is there twice",
        "{\"x\":[0,{\"y\":{\"a\":1,\"a\":2}}]}|\"a\" is there twice, at /x/1/y",
        "{\"meta\":{},\"meta\":{}}|\"meta\" is there twice",
        "{\"meta\":{},\"meta\":{\"tag\":[{\"code\":\"x\"}]}}|\"meta\" is there twice",
        "{\"meta\":{\"tag\":[],\"tag\":[]}}|\"tag\" is there twice, at /meta/tag",
        "{\"meta\":{\"versionId\":\"1\",\"versionId\":\"1\"}}|\"versionId\" is there twice",
        "{\"meta\":{\"tag\":[{\"code\":\"1\",\"code\":\"1\"}]}}|\"code\" is there twice",
        "{\"id\":\"1\",\"id\":\"1\"}|\"id\" is there twice",
        "{\"meta\":[]}|want START_OBJECT, at /meta",
        "{\"meta\":null}|want START_OBJECT, at /meta",
        "{\"meta\":{\"profile\":\"p\"}}|want START_ARRAY, at /meta/profile",
        "{\"meta\":{\"profile\":[1]}}|want VALUE_STRING, at /meta/profile/0",
        "{\"meta\":{\"tag\":[\"t\"]}}|want START_OBJECT, at /meta/tag/0",
        "{\"meta\":{\"tag\":[{\"code\":1}]}}|want VALUE_STRING, at /meta/tag/0/code",
        "{\"a\":[\"\\ud800\"]}|half of a surrogate pair, at /a/0",
        "{\"a\":\"\\udc00\\ud800\"}|half of a surrogate pair, at /a",
        "{\"a\":\"\\ud800x\"}|half of a surrogate pair",
        "{\"\\udfff\":1}|half of a surrogate pair",
        "[]|is an object",
        "\"text\"|is an object",
        "null|is an object",
        "1|is an object",
        "{} {}|there is more",
        "{}1|there is more",
        "{}]|not JSON, at line 1, column 4",
        "{|not JSON",
        "{\"a\":1|not JSON",
        "{\"a\":1,}|not JSON",
        "{\"a\":[1,]}|not JSON",
        "{\"a\":01}|not JSON",
        "{\"a\":+1}|not JSON",
        "{\"a\":.5}|not JSON",
        "{\"a\":5.}|not JSON",
        "{\"a\":-}|not JSON",
        "{\"a\":1e}|not JSON",
        "{\"a\":NaN}|not JSON",
        "{\"a\":Infinity}|not JSON",
        "{\"a\":0x1}|not JSON",
        "{\"a\":nul}|not JSON",
        "{\"a\":True}|not JSON",
        "{\"a\":1 /* c */}|not JSON",
        "{\"a\":1} // c|not JSON",
        "{a:1}|not JSON",
        "{\"a\":\"\\x\"}|not JSON",
        "{\"a\":\"\\u12\"}|not JSON",
        "{\"a\" 1}|not JSON",
        "{\"a\":1 \"b\":2}|not JSON",
        "{\"a\":\"\\|not JSON",
      })
  void refusesWithWhatAndWhere(String json, String message) {
    assertRefused(json, message);
  }

  @Test
  void refusesHalfASurrogatePairInALabel() {
    assertThatThrownBy(() -> CanonicalJson.ofResource("{\"meta\":{\"profile\":[\"\\ud83d\"]}}"))
        .isInstanceOf(CanonicalFormException.class)
        .hasMessageContaining("half of a surrogate pair");
  }

  @Test
  void refusesControlCharactersQuotesAndNothing() {
    assertRefused("", "is an object");
    assertRefused("  ", "is an object");
    assertRefused("{'a':1}", "not JSON");
    assertRefused("{\"a\":'1'}", "not JSON");
    assertRefused("{\"a\":\"line\nbreak\"}", "not JSON");
    assertRefused("{\"a\":\"\u0000\"}", "not JSON");
    assertRefused("{\"a\":1}\u0000", "not JSON");
    assertRefused("\u00a0{}", "not JSON");
    assertRefused("\ufeff{}", "byte order mark");
    assertRefused("{\"a\":\"\ud800\"}", null);
    assertRefused("{\"a\":" + "1".repeat(1001) + "}", "a limit is exceeded");
  }

  @Test
  void saysNothingOfTheContent() {
    assertThatThrownBy(() -> CanonicalJson.ofResource("{\"name\":Hong Gil-dong}"))
        .isInstanceOf(CanonicalFormException.class)
        .hasMessageNotContaining("Hong")
        .hasNoCause();
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    for (String bytes :
        List.of(
            "\u00ff",
            "\u00c3",
            "\u00c0\u0080",
            "\u00c1\u00bf",
            "\u00e0\u0080\u0080",
            "\u00ed\u00a0\u0080",
            "\u00ed\u00bf\u00bf",
            "\u00f0\u0080\u0080\u0080",
            "\u00f4\u0090\u0080\u0080",
            "\u00f8\u0088\u0080\u0080\u0080",
            "\u0080")) {
      assertThatThrownBy(
              () -> CanonicalJson.ofResource(("{\"a\":\"" + bytes + "\"}").getBytes(ISO_8859_1)))
          .isInstanceOf(CanonicalFormException.class)
          .hasMessage("the text is not UTF-8");
    }
    assertThatThrownBy(() -> CanonicalJson.ofResource("\u00ef\u00bb\u00bf{}".getBytes(ISO_8859_1)))
        .hasMessage("the text begins with a byte order mark");
    assertThatThrownBy(
            () -> CanonicalJson.ofResource("\u00ff\u00fe{\u0000}\u0000".getBytes(ISO_8859_1)))
        .isInstanceOf(CanonicalFormException.class);
  }

  @Test
  void refusesOverDeepNesting() throws CanonicalFormException {
    String deepest = "{\"a\":".repeat(499) + "[]" + "}".repeat(499);
    assertThat(form(deepest)).isEqualTo(deepest);
    assertRefused("{\"a\":".repeat(500) + "[]" + "}".repeat(500), "a limit is exceeded");
    assertRefused("{\"a\":" + "[".repeat(1_000_000), "a limit is exceeded");
    assertRefused("{\"meta\":{\"x\":" + "[".repeat(1_000_000), "a limit is exceeded");
  }

  @Test
  void refusesOverLongInput() {
    byte[] long1 = new byte[CanonicalJson.MAX_LENGTH + 1];
    assertThatThrownBy(() -> CanonicalJson.ofResource(long1))
        .isInstanceOf(CanonicalFormException.class)
        .hasMessage("length is 268435457, want at most 268435456");
  }

  private static void assertRefused(String json, String message) {
    assertThatThrownBy(() -> CanonicalJson.ofResource(json))
        .isInstanceOf(CanonicalFormException.class)
        .hasMessageContaining(message == null ? "" : message);
    assertThatThrownBy(
            () -> CanonicalJson.ofStored(json, "x", new Labels(List.of("p"), List.of(), List.of())))
        .isInstanceOf(CanonicalFormException.class);
    if (message != null) {
      assertThatThrownBy(() -> CanonicalJson.ofResource(json.getBytes(UTF_8)))
          .isInstanceOf(CanonicalFormException.class);
    }
  }
}
