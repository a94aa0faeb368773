package org.sillok.ledger;

import java.util.regex.Pattern;

/**
 * A log's public key as a C2SP verifier key, {@code <origin>+<key id>+<base64>}. The ledger takes
 * the origin from it and leaves the cryptography to those who verify checkpoints.
 */
public record LogVkey(String text) {

  private static final Pattern FORM =
      Pattern.compile("([^\\s+\\p{Cntrl}]{1,255})\\+[0-9a-f]{8}\\+[A-Za-z0-9+/]{4,120}={0,2}");

  public LogVkey {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a verifier key is <origin>+<8 hex digits>+<base64>, got \"" + text + "\"");
    }
  }

  /**
   * @throws IllegalArgumentException if {@code text} has another form
   */
  public static LogVkey parse(String text) {
    return new LogVkey(text);
  }

  /** The log's name, which stays the same as long as the log. */
  public String origin() {
    return text.substring(0, text.indexOf('+'));
  }

  @Override
  public String toString() {
    return text;
  }
}
