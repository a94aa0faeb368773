package org.sillok.ledger.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads and writes canonical JSON (RFC 8785). Objects are {@code Map<String, Object>}, arrays
 * {@code List<Object>}, numbers {@code Long} within ±(2^53 - 1), the rest {@code String} and {@code
 * Boolean}. Thread-safe.
 */
public final class Json {

  private static final long LARGEST = (1L << 53) - 1;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(20).build())
          .build();

  private Json() {}

  /**
   * @throws JsonFormException if {@code text} is anything but one object in canonical form
   */
  public static Map<String, Object> parse(String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new JsonFormException("expected an object, got " + parser.currentToken());
      }
      Map<String, Object> object = object(parser);
      if (parser.nextToken() != null) {
        throw new JsonFormException("expected the end, got " + parser.currentToken());
      }
      if (!write(object).equals(text)) {
        throw new JsonFormException("the text is not in canonical form (RFC 8785)");
      }
      return object;
    } catch (IOException e) {
      throw new JsonFormException("not JSON: " + e.getMessage(), e);
    }
  }

  /**
   * @throws IllegalArgumentException if a value has no place in this form
   */
  public static String write(Map<String, ?> object) {
    StringBuilder out = new StringBuilder();
    append(out, object);
    return out.toString();
  }

  private static Map<String, Object> object(JsonParser parser) throws IOException {
    Map<String, Object> members = new TreeMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      members.put(name, value(parser));
    }
    return members;
  }

  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw new JsonFormException("no place for " + parser.currentToken());
    };
  }

  private static List<Object> array(JsonParser parser) throws IOException {
    List<Object> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser));
    }
    return items;
  }

  private static void append(StringBuilder out, Object value) {
    if (value instanceof Map<?, ?> map) {
      appendObject(out, map);
    } else if (value instanceof List<?> list) {
      appendArray(out, list);
    } else if (value instanceof String string) {
      appendString(out, string);
    } else if (value instanceof Long number && Math.abs(number) <= LARGEST) {
      out.append(number.longValue());
    } else if (value instanceof Boolean flag) {
      out.append(flag.booleanValue());
    } else {
      throw new JsonFormException("no place for " + value.getClass().getName() + " " + value);
    }
  }

  private static void appendObject(StringBuilder out, Map<?, ?> map) {
    // String's natural order is by UTF-16 code unit, which is what RFC 8785 §3.2.3 asks for.
    Map<String, Object> sorted = new TreeMap<>();
    map.forEach((name, value) -> sorted.put((String) name, value));
    char separator = '{';
    for (Map.Entry<String, Object> member : sorted.entrySet()) {
      out.append(separator);
      appendString(out, member.getKey());
      append(out.append(':'), member.getValue());
      separator = ',';
    }
    out.append(sorted.isEmpty() ? "{}" : "}");
  }

  private static void appendArray(StringBuilder out, List<?> list) {
    char separator = '[';
    for (Object item : list) {
      append(out.append(separator), item);
      separator = ',';
    }
    out.append(list.isEmpty() ? "[]" : "]");
  }

  private static void appendString(StringBuilder out, String string) {
    out.append('"');
    for (int i = 0; i < string.length(); i++) {
      appendCharacter(out, string, i);
    }
    out.append('"');
  }

  private static void appendCharacter(StringBuilder out, String string, int index) {
    char c = string.charAt(index);
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (Character.isSurrogate(c) && !paired(string, index)) {
          throw new JsonFormException("lone surrogate at " + index);
        }
        if (c < 0x20) {
          out.append(String.format(java.util.Locale.ROOT, "\\u%04x", (int) c));
        } else {
          out.append(c);
        }
      }
    }
  }

  private static boolean paired(String string, int index) {
    return Character.isHighSurrogate(string.charAt(index))
        ? index + 1 < string.length() && Character.isLowSurrogate(string.charAt(index + 1))
        : index > 0 && Character.isHighSurrogate(string.charAt(index - 1));
  }
}
