package org.sillok.merkle;

/**
 * How the way from a leaf to the root runs: first {@code inner} steps with a sibling on either
 * side, then {@code border} steps along the right edge, where siblings stand on the left only.
 */
record PathShape(int inner, int border) {

  /** The shape for leaf {@code index} of {@code size}; needs 0 ≤ index < size. */
  static PathShape of(long index, long size) {
    int inner = Long.SIZE - Long.numberOfLeadingZeros(index ^ (size - 1));
    return new PathShape(inner, Long.bitCount(index >>> inner));
  }

  int length() {
    return inner + border;
  }
}
