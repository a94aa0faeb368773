package org.sillok.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.sillok.canonical.Commitment;
import org.sillok.canonical.Nonce;
import org.sillok.log.Entry.Action;
import org.sillok.log.Entry.Kind;

/**
 * Entries as JSON in the form of RFC 8785. Written by hand, since it is on the path of every write
 * and the members are few and known; whatever is read must come out the same when written again.
 */
final class EntryJson {

  private static final DateTimeFormatter MILLISECONDS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);
  private static final HexFormat HEX = HexFormat.of();
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private EntryJson() {}

  static String write(Entry entry) {
    StringBuilder out = new StringBuilder(400);
    Action action = entry.action();
    if (action != null) {
      member(out, "action", action.code());
    }
    member(out, "agent", entry.cause().agent());
    if (entry.commitment() != null) {
      member(out, "commitment", entry.commitment().toString());
    }
    if (!entry.details().isEmpty()) {
      details(out, entry.details());
    }
    member(out, "kind", entry.kind().code());
    member(out, "recorded", MILLISECONDS.format(entry.recorded()));
    member(out, "request", entry.cause().request());
    ResourceVersion subject = entry.subject();
    if (subject != null) {
      member(out, "resource", subject.resource());
    }
    if (entry.salt() != null) {
      member(out, "salt", entry.salt().toHex());
    }
    member(out, "source", entry.cause().source());
    out.append(",\"v\":1");
    if (subject != null) {
      member(out, "version", Long.toString(subject.version()));
    }
    out.append('}').setCharAt(0, '{');
    if (out.length() > Entry.LONGEST) {
      throw new IllegalArgumentException(
          "entry: at most " + Entry.LONGEST + " characters, got " + out.length());
    }
    return out.toString();
  }

  private static void details(StringBuilder out, Map<String, String> details) {
    out.append(",\"details\":");
    int start = out.length();
    details.forEach((name, value) -> member(out, name, value));
    out.append('}').setCharAt(start, '{');
  }

  /** Begins with a comma; the first one of an object is overwritten with its brace. */
  private static void member(StringBuilder out, String name, String value) {
    out.append(',');
    string(out, name);
    out.append(':');
    string(out, value);
  }

  // RFC 8785 §3.2.2.2
  private static void string(StringBuilder out, String value) {
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ') {
        control(out, c);
      } else if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (!Character.isSurrogate(c)) {
        out.append(c);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < value.length()
          && Character.isLowSurrogate(value.charAt(i + 1))) {
        out.append(c).append(value.charAt(++i));
      } else {
        throw new IllegalArgumentException("entry: lone surrogate at character " + i);
      }
    }
    out.append('"');
  }

  private static void control(StringBuilder out, char c) {
    switch (c) {
      case '\b' -> out.append("\\b");
      case '\t' -> out.append("\\t");
      case '\n' -> out.append("\\n");
      case '\f' -> out.append("\\f");
      case '\r' -> out.append("\\r");
      default -> out.append("\\u").append(HEX.toHexDigits(c));
    }
  }

  static Entry read(String json) throws EntryFormatException {
    if (json.length() > Entry.LONGEST) {
      throw new EntryFormatException(
          "entry: at most " + Entry.LONGEST + " characters, got " + json.length());
    }
    Entry entry;
    String again;
    try (JsonParser parser = JSON.createParser(json)) {
      entry = build(members(parser));
      again = entry.toJson();
    } catch (IOException | IllegalArgumentException | java.time.DateTimeException e) {
      throw new EntryFormatException("not an entry: " + reason(e), e);
    }
    if (!again.equals(json)) {
      throw new EntryFormatException("not an entry in the form of RFC 8785");
    }
    return entry;
  }

  private static String reason(Exception e) {
    return e instanceof com.fasterxml.jackson.core.JacksonException json
        ? json.getOriginalMessage()
        : String.valueOf(e.getMessage());
  }

  /** The members by name, those of {@code details} as {@code details/name}. */
  private static Map<String, String> members(JsonParser parser) throws IOException {
    Map<String, String> members = new HashMap<>();
    want(parser.nextToken(), JsonToken.START_OBJECT);
    for (JsonToken token = parser.nextToken();
        token == JsonToken.FIELD_NAME;
        token = parser.nextToken()) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("details") && value == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String detail = parser.currentName();
          want(parser.nextToken(), JsonToken.VALUE_STRING);
          members.put("details/" + detail, parser.getText());
        }
      } else {
        want(value, name.equals("v") ? JsonToken.VALUE_NUMBER_INT : JsonToken.VALUE_STRING);
        members.put(name, parser.getText());
      }
    }
    if (parser.nextToken() != null) {
      throw new IllegalArgumentException("something follows the object");
    }
    return members;
  }

  private static void want(@Nullable JsonToken got, JsonToken want) {
    if (got != want) {
      throw new IllegalArgumentException("want " + want + ", got " + got);
    }
  }

  /** Members that it does not ask for are found by writing the entry again. */
  private static Entry build(Map<String, String> members) {
    if (!need(members, "v").equals("1")) {
      throw new IllegalArgumentException("v: want 1, got " + members.get("v"));
    }
    String action = members.get("action");
    String commitment = members.get("commitment");
    String salt = members.get("salt");
    TreeMap<String, String> details = new TreeMap<>();
    members.forEach(
        (name, value) -> {
          if (name.startsWith("details/")) {
            details.put(name.substring("details/".length()), value);
          }
        });
    return new Entry(
        kind(need(members, "kind")),
        action == null ? null : action(action),
        subject(members),
        Instant.parse(need(members, "recorded")),
        new Cause(need(members, "request"), need(members, "agent"), need(members, "source")),
        commitment == null ? null : Commitment.ofHex(commitment),
        salt == null ? null : Nonce.ofHex(salt),
        details);
  }

  private static @Nullable ResourceVersion subject(Map<String, String> members) {
    String resource = members.get("resource");
    if (resource == null) {
      return null;
    }
    int slash = resource.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("resource: want type/id, got no slash");
    }
    return new ResourceVersion(
        resource.substring(0, slash),
        resource.substring(slash + 1),
        Long.parseLong(need(members, "version")));
  }

  private static String need(Map<String, String> members, String name) {
    String value = members.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no member " + name);
    }
    return value;
  }

  private static Kind kind(String code) {
    for (Kind kind : Kind.values()) {
      if (kind.code().equals(code)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("kind: got an unknown one");
  }

  private static Action action(String code) {
    for (Action action : Action.values()) {
      if (action.code().equals(code)) {
        return action;
      }
    }
    throw new IllegalArgumentException("action: got an unknown one");
  }
}
