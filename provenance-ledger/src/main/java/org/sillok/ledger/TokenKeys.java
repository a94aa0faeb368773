package org.sillok.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The JWKS document with which others verify a hospital's tokens: UTF-8 bytes as the owner
 * registered them, at most 16 KiB. The ledger does not look inside; whoever uses the keys parses
 * them.
 */
public final class TokenKeys {

  /** Greatest length in bytes. */
  public static final int LIMIT = 16 * 1024;

  /** No keys: nobody accepts a token of this hospital. */
  public static final TokenKeys NONE = parse("{\"keys\":[]}");

  private final byte[] jwks;

  private TokenKeys(byte[] jwks) {
    this.jwks = jwks;
  }

  /**
   * @throws IllegalArgumentException if it is longer than {@link #LIMIT} or not UTF-8
   */
  public static TokenKeys of(byte[] jwks) {
    if (jwks.length > LIMIT) {
      throw new IllegalArgumentException(
          "token keys: at most " + LIMIT + " bytes, got " + jwks.length);
    }
    byte[] read = new String(jwks, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    if (!Arrays.equals(read, jwks)) {
      throw new IllegalArgumentException("token keys: not UTF-8");
    }
    return new TokenKeys(read);
  }

  /** The document as text. */
  public static TokenKeys parse(String jwks) {
    return of(jwks.getBytes(StandardCharsets.UTF_8));
  }

  public byte[] toBytes() {
    return jwks.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TokenKeys that && Arrays.equals(jwks, that.jwks);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(jwks);
  }

  /** The JWKS document. */
  @Override
  public String toString() {
    return new String(jwks, StandardCharsets.UTF_8);
  }
}
