package org.sillok.ledger.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sillok.ledger.Address;
import org.sillok.ledger.Expiry;

class JsonTest {

  record Sample(long number, String text, @Nullable Address sender, List<Expiry> times) {}

  private static final Sample FULL =
      new Sample(
          7, "a\"b", Address.parse("0x" + "0a".repeat(20)), List.of(Expiry.NEVER, new Expiry(0)));

  @Test
  void sortsMembersAndEscapesAsTheRfcSays() {
    Map<String, Object> object =
        Map.of("b", 1L, "a", "\u0001\b\f\n\r\t\"\\/\u007f\u20ac\ud83d\ude00", "", true);
    assertThat(Json.write(object))
        .isEqualTo(
            "{\"\":true,\"a\":\"\\u0001\\b\\f\\n\\r\\t\\\"\\\\/\u007f\u20ac\ud83d\ude00\",\"b\":1}");
    assertThat(Json.parse(Json.write(object))).isEqualTo(object);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " {}",
        "{} ",
        "{}{}",
        "[]",
        "1",
        "{\"a\":null}",
        "{\"a\":1.0}",
        "{\"a\":1e3}",
        "{\"a\":-0}",
        "{\"a\":01}",
        "{\"a\":9007199254740992}",
        "{\"a\":99999999999999999999}",
        "{\"b\":1,\"a\":1}",
        "{\"a\":1,\"a\":1}",
        "{\"a\": 1}",
        "{\"a\":\"\\u0061\"}",
        "{\"a\":\"\\/\"}",
        "{\"a\":\"\\u001F\"}",
        "{\"a\":\"\\ud800\"}",
        "{\"a\":",
        "{\"a\":[1,}",
        "{a:1}"
      })
  void refusesWhatIsNotCanonical(String text) {
    assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(JsonFormException.class);
  }

  @Test
  void refusesDeepNesting() {
    String deep = "{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}";
    assertThatThrownBy(() -> Json.parse(deep)).isInstanceOf(JsonFormException.class);
  }

  @Test
  void refusesToWriteWhatItCouldNotRead() {
    for (Object value : List.of(1L << 53, 1.5, 'c', "\ud800", "\udc00x")) {
      assertThatThrownBy(() -> Json.write(Map.of("a", value)))
          .isInstanceOf(JsonFormException.class);
    }
  }

  @Test
  void recordsSurviveTheirText() {
    Sample withoutSender = new Sample(0, "", null, List.of());
    for (Sample sample : List.of(FULL, withoutSender)) {
      assertThat(RecordJson.read(Sample.class, RecordJson.write(sample))).isEqualTo(sample);
    }
    assertThat(RecordJson.write(withoutSender))
        .isEqualTo("{\"number\":0,\"text\":\"\",\"times\":[]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"number\":0,\"text\":\"\"}",
        "{\"more\":1,\"number\":0,\"text\":\"\",\"times\":[]}",
        "{\"number\":\"0\",\"text\":\"\",\"times\":[]}",
        "{\"number\":0,\"text\":1,\"times\":[]}",
        "{\"number\":0,\"text\":\"\",\"times\":\"never\"}",
        "{\"number\":0,\"text\":\"\",\"times\":[\"soon\"]}",
        "{\"number\":0,\"text\":\"\",\"times\":[{}]}",
        "{\"number\":0,\"sender\":\"0x00\",\"text\":\"\",\"times\":[]}",
        "{\"number\":0,\"sender\":{},\"text\":\"\",\"times\":[]}",
        "{\"number\":true,\"text\":\"\",\"times\":[]}"
      })
  void refusesWhatIsNotTheRecord(String text) {
    assertThatThrownBy(() -> RecordJson.read(Sample.class, text))
        .isInstanceOf(JsonFormException.class);
  }
}
