package org.sillok.note;

import java.util.Base64;

/** RFC 4648 §4 with padding, and one spelling for each value. */
final class StrictBase64 {

  private StrictBase64() {}

  static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /**
   * @throws IllegalArgumentException if {@code text} is not what {@link #encode} writes
   */
  static byte[] decode(String text) {
    byte[] bytes = Base64.getDecoder().decode(text);
    if (!encode(bytes).equals(text)) {
      throw new IllegalArgumentException("not padded base64: " + text);
    }
    return bytes;
  }
}
