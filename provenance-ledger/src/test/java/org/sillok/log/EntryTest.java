package org.sillok.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sillok.canonical.Commitment;
import org.sillok.canonical.Nonce;
import org.sillok.log.Entry.Action;
import org.sillok.log.Entry.Kind;

class EntryTest {

  private static final Instant WHEN = Instant.parse("2026-11-22T03:04:05.678Z");
  private static final Cause CAUSE = new Cause("r-1", "practitioner/kim", "update");
  private static final ResourceVersion SUBJECT = new ResourceVersion("Observation", "7", 3);
  private static final Commitment COMMITMENT = Commitment.ofHex("ab".repeat(32));
  private static final Nonce SALT = Nonce.of(new byte[32]);

  private static final String UPDATE =
      "{\"action\":\"update\",\"agent\":\"practitioner/kim\",\"commitment\":\""
          + "ab".repeat(32)
          + "\",\"kind\":\"resource\",\"recorded\":\"2026-11-22T03:04:05.678Z\","
          + "\"request\":\"r-1\",\"resource\":\"Observation/7\",\"source\":\"update\",\"v\":1,"
          + "\"version\":\"3\"}";

  @Test
  void writesTheDocumentedText() throws EntryFormatException {
    Entry entry = Entry.of(Action.UPDATE, SUBJECT, WHEN, CAUSE, COMMITMENT);

    assertThat(entry.toJson()).isEqualTo(UPDATE);
    assertThat(Entry.parse(UPDATE)).isEqualTo(entry);
  }

  @Test
  void writesEveryKindSoThatItCanBeRead() throws EntryFormatException {
    Map<String, String> details = Map.of("count", "12", "", "no name", "z/y", "a\"\\\n\u0001é€𐍈");
    for (Kind kind : Kind.values()) {
      if (kind != Kind.RESOURCE) {
        Entry entry = Entry.of(kind, null, WHEN, CAUSE, SALT, details);
        assertThat(Entry.parse(entry.toJson())).isEqualTo(entry);
        Entry about = Entry.of(kind, SUBJECT, WHEN, CAUSE, SALT, Map.of());
        assertThat(Entry.parse(about.toJson())).isEqualTo(about);
      }
    }
    Entry expunge = Entry.expunge(SUBJECT, WHEN, CAUSE, SALT);
    assertThat(Entry.parse(expunge.toJson())).isEqualTo(expunge);
    for (Action action : Action.values()) {
      if (action != Action.EXPUNGE) {
        Entry entry = Entry.of(action, SUBJECT, WHEN, CAUSE, COMMITMENT);
        assertThat(Entry.parse(entry.toJson())).isEqualTo(entry);
      }
    }
  }

  @Test
  void escapesAsRfc8785Says() {
    Cause odd = new Cause("r", "\"\\/\b\t\n\f\r\u0001\u001f\u007f\u2028é𐍈", "create");

    assertThat(Entry.of(Action.CREATE, SUBJECT, WHEN, odd, COMMITMENT).toJson())
        .contains("\"agent\":\"\\\"\\\\/\\b\\t\\n\\f\\r\\u0001\\u001f\u007f\u2028é𐍈\",");
  }

  @Test
  void keepsWholeMillisecondsWithAllTheirDigits() {
    Instant micro = Instant.parse("2026-11-22T03:04:05.000999Z");

    assertThat(Entry.of(Action.CREATE, SUBJECT, micro, CAUSE, COMMITMENT).toJson())
        .contains("\"recorded\":\"2026-11-22T03:04:05.000Z\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"v\":1}",
        "{\"a\":{\"b\":[[[[[]]]]]}}",
      })
  void refusesWhatIsNoEntry(String json) {
    assertThatThrownBy(() -> Entry.parse(json)).isInstanceOf(EntryFormatException.class);
  }

  @Test
  void refusesEveryOtherSpellingOfTheSameEntry() {
    List<String> others =
        List.of(
            UPDATE + " ",
            " " + UPDATE,
            UPDATE + "{}",
            UPDATE.replace(",\"kind\"", ", \"kind\""),
            UPDATE.replace("\"v\":1", "\"v\":1.0"),
            UPDATE.replace("\"v\":1", "\"v\":\"1\""),
            UPDATE.replace("\"v\":1", "\"v\":2"),
            UPDATE.replace("\"v\":1,", "\"v\":1,\"v\":1,"),
            UPDATE.replace("\"v\":1,", "\"unknown\":\"x\",\"v\":1,"),
            UPDATE.replace("\"v\":1,", "\"salt\":\"" + "00".repeat(32) + "\",\"v\":1,"),
            UPDATE.replace("\"version\":\"3\"", "\"version\":3"),
            UPDATE.replace("\"version\":\"3\"", "\"version\":\"03\""),
            UPDATE.replace("\"version\":\"3\"", "\"version\":\"+3\""),
            UPDATE.replace("\"version\":\"3\"", "\"version\":\"0\""),
            UPDATE.replace("\"version\":\"3\"", "\"version\":\"9223372036854775808\""),
            UPDATE.replace(",\"version\":\"3\"", ""),
            UPDATE.replace("Observation/7", "Observation"),
            UPDATE.replace("Observation/7", "Observation/7/8"),
            UPDATE.replace("Observation/7", "Observation/../8"),
            UPDATE.replace("abab", "ABAB"),
            UPDATE.replace("abab", "ab"),
            UPDATE.replace("\"update\",\"agent\"", "\"expunge\",\"agent\""),
            UPDATE.replace("\"update\",\"agent\"", "\"UPDATE\",\"agent\""),
            UPDATE.replace("\"resource\",", "\"access\","),
            UPDATE.replace("05.678Z", "05.678+00:00"),
            UPDATE.replace("05.678Z", "05.67Z"),
            UPDATE.replace("05.678Z", "05.6789Z"),
            UPDATE.replace("practitioner/kim", ""),
            UPDATE.replace("practitioner/kim", "k\\u0069m"),
            UPDATE.replace("practitioner/kim", "\\ud800"),
            UPDATE.replace("practitioner/kim", "k".repeat(256)),
            UPDATE.replace("practitioner/kim", "k".repeat(5000)),
            UPDATE.substring(0, UPDATE.length() - 1));
    for (String other : others) {
      assertThat(other).isNotEqualTo(UPDATE);
      assertThatThrownBy(() -> Entry.parse(other))
          .as(other)
          .isInstanceOf(EntryFormatException.class);
    }
  }

  @Test
  void refusesPartsThatDoNotBelongTogether() {
    assertThatThrownBy(() -> Entry.of(Action.EXPUNGE, SUBJECT, WHEN, CAUSE, COMMITMENT))
        .hasMessageContaining("salt");
    assertThatThrownBy(() -> Entry.of(Kind.RESOURCE, SUBJECT, WHEN, CAUSE, SALT, Map.of()))
        .hasMessageContaining("action");
    assertThatThrownBy(() -> Entry.of(Action.CREATE, SUBJECT, Instant.MAX, CAUSE, COMMITMENT))
        .hasMessageContaining("recorded");
    assertThatThrownBy(
            () -> new NewEntry(Entry.of(Action.CREATE, SUBJECT, WHEN, CAUSE, COMMITMENT), null))
        .hasMessageContaining("without its nonce");
    assertThatThrownBy(() -> new NewEntry(Entry.expunge(SUBJECT, WHEN, CAUSE, SALT), SALT))
        .hasMessageContaining("without a commitment");
  }

  @Test
  void refusesTextThatIsNotUnicodeOrTooLong() {
    Entry lone = Entry.of(Action.CREATE, SUBJECT, WHEN, new Cause("r", "\udc00", "x"), COMMITMENT);
    Entry high = Entry.of(Action.CREATE, SUBJECT, WHEN, new Cause("r", "\ud800", "x"), COMMITMENT);
    Entry large = Entry.of(Kind.REVIEW, null, WHEN, CAUSE, SALT, Map.of("text", "x".repeat(4000)));

    assertThatThrownBy(lone::toJson).hasMessageContaining("surrogate");
    assertThatThrownBy(high::toJson).hasMessageContaining("surrogate");
    assertThatThrownBy(large::toJson).hasMessageContaining("at most 4000");
  }
}
