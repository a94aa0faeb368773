package org.sillok.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Somebody outside who has read docs/formats.md and nothing else: recomputes a commitment from the
 * JSON of a plain read, with none of Sillok's code.
 */
final class PlainReader {

  private PlainReader() {}

  static String commitment(byte[] nonce, String json) {
    return hmac(nonce, canonical(json));
  }

  static String commitmentOfDeletion(byte[] nonce, String type, String id) {
    return hmac(nonce, "{\"id\":\"" + id + "\",\"resourceType\":\"" + type + "\"}");
  }

  private static String hmac(byte[] nonce, String canonical) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(nonce, "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(canonical.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String canonical(String json) {
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      parser.nextToken();
      Map<?, ?> read = (Map<?, ?>) value(parser);
      TreeMap<String, Object> resource = new TreeMap<>();
      read.forEach((name, value) -> resource.put((String) name, value));
      Map<?, ?> meta = (Map<?, ?>) resource.remove("meta");
      TreeMap<String, Object> kept = reduced(meta == null ? Map.of() : meta);
      if (!kept.isEmpty()) {
        resource.put("meta", kept);
      }
      StringBuilder out = new StringBuilder();
      write(resource, out);
      return out.toString();
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static TreeMap<String, Object> reduced(Map<?, ?> meta) {
    TreeMap<String, Object> kept = new TreeMap<>();
    if (meta.get("profile") instanceof List<?> profiles) {
      kept.put(
          "profile",
          profiles.stream()
              .map(Text.class::cast)
              .sorted(Comparator.comparing(Text::value))
              .toList());
    }
    for (String labels : List.of("security", "tag")) {
      if (meta.get(labels) instanceof List<?> codings) {
        kept.put(
            labels,
            codings.stream()
                .map(coding -> pair((Map<?, ?>) coding))
                .sorted(BY_SYSTEM_AND_CODE)
                .toList());
      }
    }
    return kept;
  }

  private static TreeMap<String, Object> pair(Map<?, ?> coding) {
    TreeMap<String, Object> pair = new TreeMap<>();
    for (String member : List.of("system", "code")) {
      if (coding.get(member) != null) {
        pair.put(member, coding.get(member));
      }
    }
    return pair;
  }

  private static final Comparator<TreeMap<String, Object>> BY_SYSTEM_AND_CODE =
      Comparator.comparing(
              (TreeMap<String, Object> pair) -> text(pair.get("system")),
              Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(
              pair -> text(pair.get("code")), Comparator.nullsFirst(Comparator.naturalOrder()));

  private static String text(Object value) {
    return value == null ? null : ((Text) value).value();
  }

  private record Text(String value) {}

  private record Verbatim(String value) {}

  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        TreeMap<String, Object> members = new TreeMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          members.put(name, value(parser));
        }
        yield members;
      }
      case START_ARRAY -> {
        List<Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(value(parser));
        }
        yield items;
      }
      case VALUE_STRING -> new Text(parser.getText());
      default -> new Verbatim(parser.getText());
    };
  }

  private static void write(Object value, StringBuilder out) {
    if (value instanceof Map<?, ?> members) {
      String separator = "{";
      for (Map.Entry<?, ?> member : members.entrySet()) {
        out.append(separator);
        string((String) member.getKey(), out);
        out.append(':');
        write(member.getValue(), out);
        separator = ",";
      }
      out.append(members.isEmpty() ? "{}" : "}");
    } else if (value instanceof List<?> items) {
      out.append('[');
      for (int i = 0; i < items.size(); i++) {
        out.append(i == 0 ? "" : ",");
        write(items.get(i), out);
      }
      out.append(']');
    } else if (value instanceof Text text) {
      string(text.value(), out);
    } else {
      out.append(((Verbatim) value).value());
    }
  }

  private static void string(String value, StringBuilder out) {
    out.append('"');
    value
        .chars()
        .forEach(
            c -> {
              switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                default ->
                    out.append(
                        c < ' '
                            ? "\\u00" + HexFormat.of().toHexDigits((byte) c)
                            : String.valueOf((char) c));
              }
            });
    out.append('"');
  }
}
