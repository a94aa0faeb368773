package org.sillok.merkle;

import java.util.HexFormat;

/**
 * All that has to be kept of a tree's first leaves to go on from there: the roots of the perfect
 * subtrees that they fall into, one for each bit that is set in their number, smallest subtree
 * first. Immutable.
 */
public final class CompactRange {

  public static final CompactRange EMPTY = new CompactRange(0, new byte[0]);

  private final long size;
  private final byte[] subtrees;

  /**
   * @throws IllegalArgumentException unless there are 32 bytes for each bit that is set in {@code
   *     size}
   */
  public CompactRange(long size, byte[] subtrees) {
    int want = Long.bitCount(size) * Hash.SIZE;
    if (size < 0 || subtrees.length != want) {
      throw new IllegalArgumentException(
          "a range of " + size + " leaves has " + want + " bytes, got " + subtrees.length);
    }
    this.size = size;
    this.subtrees = subtrees.clone();
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static CompactRange parse(String text) {
    String[] parts = text.split(" ", 2);
    return new CompactRange(
        Long.parseLong(parts[0]), HexFormat.of().parseHex(parts.length < 2 ? "" : parts[1]));
  }

  public long size() {
    return size;
  }

  byte[] subtrees() {
    return subtrees.clone();
  }

  @Override
  public String toString() {
    return size == 0 ? "0" : size + " " + HexFormat.of().formatHex(subtrees);
  }
}
