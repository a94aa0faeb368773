package org.sillok.merkle;

import java.util.Arrays;
import java.util.HexFormat;

/** A SHA-256 value of exactly 32 bytes; immutable, copied in and out, printed as lower-case hex. */
public final class Hash {

  /** Length in bytes. */
  public static final int SIZE = 32;

  private final byte[] bytes;

  private Hash(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * @throws IllegalArgumentException if {@code bytes} is not 32 long
   */
  public static Hash of(byte[] bytes) {
    return at(bytes, 0, bytes.length);
  }

  /** The hash that stands in {@code bytes} from {@code offset} on. */
  public static Hash at(byte[] bytes, int offset) {
    return at(bytes, offset, SIZE);
  }

  /**
   * @throws IllegalArgumentException if {@code hex} is not 64 hexadecimal digits
   */
  public static Hash ofHex(String hex) {
    return of(HexFormat.of().parseHex(hex));
  }

  private static Hash at(byte[] bytes, int offset, int length) {
    if (length != SIZE) {
      throw new IllegalArgumentException("a hash has " + SIZE + " bytes, got " + length);
    }
    return new Hash(Arrays.copyOfRange(bytes, offset, offset + length));
  }

  public byte[] toBytes() {
    return bytes.clone();
  }

  /** Writes the 32 bytes into {@code target} from {@code offset} on. */
  public void copyTo(byte[] target, int offset) {
    System.arraycopy(bytes, 0, target, offset, SIZE);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash that && Arrays.equals(bytes, that.bytes);
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
