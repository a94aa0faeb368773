package org.sillok.ledger;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * An account: the last 20 bytes of the Keccak-256 of a secp256k1 public key, or of a contract.
 * Immutable, copied in and out, printed as {@code 0x} and 40 lower-case hexadecimal digits.
 */
public final class Address {

  /** Length in bytes. */
  public static final int SIZE = 20;

  private final byte[] bytes;

  private Address(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * @throws IllegalArgumentException if {@code bytes} is not 20 long or all zero (nobody's account)
   */
  public static Address of(byte[] bytes) {
    if (bytes.length != SIZE) {
      throw new IllegalArgumentException("an address has " + SIZE + " bytes, got " + bytes.length);
    }
    if (Arrays.equals(bytes, new byte[SIZE])) {
      throw new IllegalArgumentException("the zero address is nobody's");
    }
    return new Address(bytes.clone());
  }

  /**
   * Reads {@code 0x} and 40 hexadecimal digits of either case; a checksum in the case is not
   * checked.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static Address parse(String text) {
    if (!text.startsWith("0x")) {
      throw new IllegalArgumentException("an address starts with 0x, got " + text);
    }
    return of(HexFormat.of().parseHex(text, 2, text.length()));
  }

  public byte[] toBytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Address that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "0x" + HexFormat.of().formatHex(bytes);
  }
}
