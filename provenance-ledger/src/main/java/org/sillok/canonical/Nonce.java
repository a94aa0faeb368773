package org.sillok.canonical;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The secret of one commitment: exactly 32 random bytes, fresh for each version. Whoever deletes it
 * makes the commitment say nothing for ever. Immutable; prints nothing of itself.
 */
public final class Nonce {

  public static final int SIZE = 32;

  private final byte[] bytes;

  private Nonce(byte[] bytes) {
    this.bytes = bytes;
  }

  public static Nonce random(SecureRandom random) {
    byte[] bytes = new byte[SIZE];
    random.nextBytes(bytes);
    return new Nonce(bytes);
  }

  /**
   * @throws IllegalArgumentException if {@code bytes} is not 32 long
   */
  public static Nonce of(byte[] bytes) {
    if (bytes.length != SIZE) {
      throw new IllegalArgumentException("a nonce has 32 bytes, got " + bytes.length);
    }
    return new Nonce(bytes.clone());
  }

  /**
   * @throws IllegalArgumentException if {@code hex} is not 64 hexadecimal digits
   */
  public static Nonce ofHex(String hex) {
    return of(HexFormat.of().parseHex(hex));
  }

  public byte[] toBytes() {
    return bytes.clone();
  }

  /** 64 lower-case hexadecimal digits, for those who may see it. */
  public String toHex() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Nonce that && MessageDigest.isEqual(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "nonce";
  }
}
