package org.sillok.gate;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Decodes {@code application/x-www-form-urlencoded}, and refuses whatever two decoders could read
 * differently: characters that are not ASCII, wrong escapes, text that is not UTF-8, control
 * characters, parameters without a name or an equals sign, semicolons.
 */
final class QueryString {

  private static final int LONGEST = 8192;
  private static final int MOST = 40;

  private QueryString() {}

  static List<Parameter> parse(String query) {
    if (query.length() > LONGEST) {
      throw new RefusedException("A query has at most " + LONGEST + " characters.");
    }
    List<Parameter> parameters = new ArrayList<>();
    if (query.isEmpty()) {
      return parameters;
    }
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals <= 0) {
        throw new RefusedException("A parameter is name=value.");
      }
      parameters.add(
          new Parameter(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1))));
    }
    if (parameters.size() > MOST) {
      throw new RefusedException("A query has at most " + MOST + " parameters.");
    }
    return parameters;
  }

  private static String decode(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        bytes.write((hex(text, i + 1) << 4) | hex(text, i + 2));
        i += 2;
      } else if (c <= ' ' || c >= 0x7F || c == ';' || c == '#' || c == '"' || c == '\\') {
        throw new RefusedException("A query holds characters that have to be escaped.");
      } else {
        bytes.write(c == '+' ? ' ' : c);
      }
    }
    String decoded = utf8(bytes.toByteArray());
    if (decoded.chars().anyMatch(Character::isISOControl)) {
      throw new RefusedException("A parameter holds control characters.");
    }
    return decoded;
  }

  private static int hex(String text, int at) {
    int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
    if (digit < 0 || text.charAt(at) >= 0x7F) {
      throw new RefusedException("A percent sign is followed by two hex digits.");
    }
    return digit;
  }

  private static String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new RefusedException("A parameter is not UTF-8.");
    }
  }
}
