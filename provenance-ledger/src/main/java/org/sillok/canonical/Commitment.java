package org.sillok.canonical;

import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the log says of a version's content: {@code HMAC-SHA-256(nonce, canonical bytes)}, 32 bytes.
 * Without the nonce it tells nothing about the content, not even to one who guesses it. Immutable.
 */
public final class Commitment {

  public static final int SIZE = 32;

  private static final String HMAC_SHA_256 = "HmacSHA256";

  // To find the algorithm's provider takes as long as to use it; each use works on a copy.
  private static final Mac UNKEYED = unkeyed();

  private final byte[] bytes;

  private Commitment(byte[] bytes) {
    this.bytes = bytes;
  }

  public static Commitment of(Nonce nonce, byte[] canonical) {
    try {
      Mac mac = (Mac) UNKEYED.clone();
      mac.init(new SecretKeySpec(nonce.toBytes(), HMAC_SHA_256));
      return new Commitment(mac.doFinal(canonical));
    } catch (CloneNotSupportedException | InvalidKeyException e) {
      throw new IllegalStateException("HMAC-SHA-256 of this Java runtime cannot be used", e);
    }
  }

  private static Mac unkeyed() {
    try {
      return Mac.getInstance(HMAC_SHA_256);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
    }
  }

  /**
   * @throws IllegalArgumentException if {@code hex} is not 64 lower-case hexadecimal digits
   */
  public static Commitment ofHex(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    if (bytes.length != SIZE || !HexFormat.of().formatHex(bytes).equals(hex)) {
      throw new IllegalArgumentException(
          "a commitment is 64 lower-case hexadecimal digits, got " + hex.length());
    }
    return new Commitment(bytes);
  }

  public byte[] toBytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Commitment that && MessageDigest.isEqual(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** 64 lower-case hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
