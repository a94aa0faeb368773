package org.sillok.note;

import java.util.regex.Pattern;

/** ASCII decimals without leading zeros, below 2^63. */
final class Decimal {

  private static final Pattern FORM = Pattern.compile("0|[1-9][0-9]{0,18}");

  private Decimal() {}

  static long parse(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not a decimal without leading zeros, at most 2^63-1");
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(text + " is out of range, want at most 2^63-1", e);
    }
  }
}
