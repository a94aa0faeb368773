package org.sillok.canonical;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Random JSON trees with two writers: one that is naive and canonical, one that makes it as awkward
 * as JSON allows.
 */
final class RandomJson {

  /** The text of a number, or null. */
  record Number(String text) {}

  private static final List<String> NUMBERS =
      List.of("0", "-0", "-0.0", "1.00", "1e3", "1E+3", "0.10", "12345678901234567890.5", "-7");
  private static final List<String> AWKWARD =
      List.of(
          "",
          "İstanbul",
          "ıI",
          "실록",
          "e\u0301",
          "\u00e9",
          "\ufb33",
          "\ud83d\ude00",
          "\u0000\u001f\u007f\u0080",
          "\"\\/\b\t\n\f\r",
          "\u2028\u2029",
          "\ufeff",
          "\uffff",
          "\u200f\u202e",
          "١٢٣");

  private final Random random;

  RandomJson(Random random) {
    this.random = random;
  }

  Map<String, Object> object(int depth) {
    Map<String, Object> object = new TreeMap<>();
    for (int i = random.nextInt(8); i > 0; i--) {
      String name = string();
      if (!name.equals("meta")) {
        object.put(name, value(depth));
      }
    }
    return object;
  }

  private Object value(int depth) {
    switch (random.nextInt(depth > 0 ? 6 : 4)) {
      case 0:
        return new Number(NUMBERS.get(random.nextInt(NUMBERS.size())));
      case 1:
        return random.nextBoolean();
      case 2:
        return new Number("null");
      case 3:
        return string();
      case 4:
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
          list.add(value(depth - 1));
        }
        return list;
      default:
        return object(depth - 1);
    }
  }

  private String string() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(
          random.nextBoolean()
              ? AWKWARD.get(random.nextInt(AWKWARD.size()))
              : "" + (char) ('a' + random.nextInt(26)));
    }
    return text.toString();
  }

  /** What RFC 8785 says, but for numbers; a TreeMap sorts by UTF-16 code units. */
  static String canonical(Object value) {
    if (value instanceof Map<?, ?> map) {
      List<String> members = new ArrayList<>();
      map.forEach((name, member) -> members.add(canonical(name) + ":" + canonical(member)));
      return "{" + String.join(",", members) + "}";
    }
    if (value instanceof List<?> list) {
      return "[" + String.join(",", list.stream().map(RandomJson::canonical).toList()) + "]";
    }
    if (value instanceof String text) {
      StringBuilder quoted = new StringBuilder("\"");
      for (char c : text.toCharArray()) {
        int known = "\b\t\n\f\r\"\\".indexOf(c);
        if (known >= 0) {
          quoted.append('\\').append("btnfr\"\\".charAt(known));
        } else if (c < 0x20) {
          quoted
              .append("\\u00")
              .append(c < 0x10 ? "0" : "1")
              .append("0123456789abcdef".charAt(c % 16));
        } else {
          quoted.append(c);
        }
      }
      return quoted.append('"').toString();
    }
    return value instanceof Number number ? number.text() : value.toString();
  }

  /** The same value with members in any order, white space anywhere, characters escaped or not. */
  String awkward(Object value) {
    if (value instanceof Map<?, ?> map) {
      List<String> members = new ArrayList<>();
      map.forEach(
          (name, member) -> members.add(awkward(name) + space() + ":" + space() + awkward(member)));
      Collections.shuffle(members, random);
      return "{" + space() + String.join(space() + "," + space(), members) + space() + "}";
    }
    if (value instanceof List<?> list) {
      return "["
          + space()
          + String.join(space() + "," + space(), list.stream().map(this::awkward).toList())
          + space()
          + "]";
    }
    if (value instanceof String text) {
      StringBuilder quoted = new StringBuilder("\"");
      boolean escaped = false;
      for (char c : text.toCharArray()) {
        // Both halves of a surrogate pair alike: half a pair can't be written in UTF-8.
        escaped = Character.isLowSurrogate(c) ? escaped : random.nextInt(4) == 0;
        if (c < 0x20 || c == '"' || c == '\\' || escaped) {
          String hex = Integer.toHexString(0x10000 + c).substring(1);
          quoted.append("\\u").append(random.nextBoolean() ? hex : upper(hex));
        } else {
          quoted.append(c);
        }
      }
      return quoted.append('"').toString();
    }
    return value instanceof Number number ? number.text() : value.toString();
  }

  private static String upper(String hex) {
    return hex.toUpperCase(Locale.ROOT);
  }

  private String space() {
    return random.nextInt(3) == 0 ? List.of(" ", "\n", "\t", "\r\n").get(random.nextInt(4)) : "";
  }
}
