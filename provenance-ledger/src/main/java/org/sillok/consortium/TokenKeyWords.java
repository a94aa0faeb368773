package org.sillok.consortium;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.sillok.ledger.TokenKeys;

/**
 * A hospital's token keys so that people can compare them: the key id of each, and its thumbprint
 * (RFC 7638), which nobody can make another key for.
 */
final class TokenKeyWords {

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** The members that make up a public key, by type, in their order (RFC 7638 §3.2, RFC 8037). */
  private static final Map<String, List<String>> REQUIRED =
      Map.of(
          "EC", List.of("crv", "kty", "x", "y"),
          "OKP", List.of("crv", "kty", "x"),
          "RSA", List.of("e", "kty", "n"));

  /** What such a member has: nothing that JSON would write with a backslash. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]+");

  private TokenKeyWords() {}

  /** A line for the document, and one for each key. */
  static List<String> of(TokenKeys keys) {
    byte[] document = keys.toBytes();
    List<String> lines = new ArrayList<>();
    lines.add(document.length + " bytes, SHA-256 " + HexFormat.of().formatHex(sha256(document)));
    try (JsonParser parser = JSON.createParser(document)) {
      List<String> each = set(parser);
      lines.addAll(each.isEmpty() ? List.of("no keys") : each);
    } catch (IOException e) {
      lines.add("THIS IS NO JWKS");
    }
    return lines;
  }

  private static List<String> set(JsonParser parser) throws IOException {
    List<String> lines = new ArrayList<>();
    boolean set = false;
    require(parser.nextToken() == JsonToken.START_OBJECT);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean keys = parser.currentName().equals("keys");
      JsonToken value = parser.nextToken();
      if (keys) {
        require(value == JsonToken.START_ARRAY);
        set = true;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          lines.add(words(members(parser)));
        }
      }
      parser.skipChildren();
    }
    require(set && parser.nextToken() == null);
    return lines;
  }

  /** The members of a key; of those that are no strings, only that they are there. */
  private static Map<String, String> members(JsonParser parser) throws IOException {
    Map<String, String> members = new HashMap<>();
    require(parser.currentToken() == JsonToken.START_OBJECT);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      members.put(name, parser.nextToken() == JsonToken.VALUE_STRING ? parser.getText() : "");
      parser.skipChildren();
    }
    return members;
  }

  private static void require(boolean jwks) throws IOException {
    if (!jwks) {
      throw new IOException("no JWKS");
    }
  }

  private static String words(Map<String, String> key) {
    String type = key.getOrDefault("kty", "");
    List<String> required = REQUIRED.getOrDefault(type, List.of());
    boolean whole =
        !required.isEmpty()
            && required.stream()
                .allMatch(name -> PLAIN.matcher(key.getOrDefault(name, "")).matches());
    return "key "
        + (key.containsKey("kid") ? "\"" + key.get("kid") + "\"" : "without id")
        + ", "
        + (whole ? type + ", thumbprint " + thumbprint(key, required) : "NOT A PUBLIC KEY")
        + (key.containsKey("d") || key.containsKey("k") ? ", WITH ITS SECRET PART" : "");
  }

  private static String thumbprint(Map<String, String> key, List<String> required) {
    String canonical =
        required.stream()
            .map(name -> "\"" + name + "\":\"" + key.get(name) + "\"")
            .collect(Collectors.joining(",", "{", "}"));
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(sha256(canonical.getBytes(UTF_8)));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
