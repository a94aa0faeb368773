package org.sillok.note;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What keys and signature lines are called in C2SP signed-note: a name and a 32-bit key id. */
final class KeyName {

  /** Signature type of Ed25519. */
  static final byte ED25519 = 1;

  private KeyName() {}

  static boolean isValid(String name) {
    return !name.isEmpty()
        && name.indexOf('+') < 0
        && name.codePoints().noneMatch(KeyName::isSpaceOrControl);
  }

  static String require(String name) {
    if (!isValid(name)) {
      throw new IllegalArgumentException(
          "a key name is not empty and has no space and no plus, got \"" + name + "\"");
    }
    return name;
  }

  /** {@code SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key)[:4]}. */
  static int keyId(String name, byte[] publicKey) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(name.getBytes(StandardCharsets.UTF_8));
      sha256.update((byte) '\n');
      sha256.update(ED25519);
      return ByteBuffer.wrap(sha256.digest(publicKey)).getInt();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Eight lower-case hexadecimal digits. */
  static String hex(int keyId) {
    return Long.toHexString(0x1_0000_0000L | keyId & 0xffff_ffffL).substring(1);
  }

  /** Reads {@code base64(0x01 ‖ key)}. */
  static byte[] keyBytes(String base64) {
    byte[] typed = StrictBase64.decode(base64);
    if (typed.length == 0 || typed[0] != ED25519) {
      throw new IllegalArgumentException("the key's type is unknown, want 1 (Ed25519)");
    }
    if (typed.length != 33) {
      throw new IllegalArgumentException("the key has " + (typed.length - 1) + " bytes, want 32");
    }
    byte[] key = new byte[32];
    System.arraycopy(typed, 1, key, 0, 32);
    return key;
  }

  /** Writes {@code base64(0x01 ‖ key)}. */
  static String base64(byte[] key) {
    return StrictBase64.encode(ByteBuffer.allocate(33).put(ED25519).put(key).array());
  }

  private static boolean isSpaceOrControl(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c);
  }
}
