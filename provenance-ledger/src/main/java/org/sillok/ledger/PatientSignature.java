package org.sillok.ledger;

import java.util.Arrays;
import java.util.HexFormat;

/** 65 bytes r ‖ s ‖ v of secp256k1, as wallets give them. Immutable; printed as lower-case hex. */
public final class PatientSignature {

  /** Length in bytes. */
  public static final int SIZE = 65;

  private final byte[] bytes;

  private PatientSignature(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * @throws IllegalArgumentException if {@code bytes} is not 65 long
   */
  public static PatientSignature of(byte[] bytes) {
    if (bytes.length != SIZE) {
      throw new IllegalArgumentException("a signature has " + SIZE + " bytes, got " + bytes.length);
    }
    return new PatientSignature(bytes.clone());
  }

  /**
   * @throws IllegalArgumentException if {@code hex} is not 130 hexadecimal digits
   */
  public static PatientSignature parse(String hex) {
    return of(HexFormat.of().parseHex(hex));
  }

  public byte[] toBytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PatientSignature that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
