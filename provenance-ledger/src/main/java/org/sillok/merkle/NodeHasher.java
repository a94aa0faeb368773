package org.sillok.merkle;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 over leaves and nodes without garbage; for one thread at a time. */
final class NodeHasher {

  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  private final MessageDigest sha256 = newSha256();

  static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  void leaf(byte[] data, byte[] target, int offset) {
    sha256.update(LEAF);
    sha256.update(data);
    digest(target, offset);
  }

  /** The target may overlap the children. */
  void node(byte[] left, int leftOffset, byte[] right, int rightOffset, byte[] target, int offset) {
    sha256.update(NODE);
    sha256.update(left, leftOffset, Hash.SIZE);
    sha256.update(right, rightOffset, Hash.SIZE);
    digest(target, offset);
  }

  /** The root of the perfect subtree over {@code count} (a power of two) consecutive hashes. */
  Hash perfect(byte[] hashes, int offset, int count) {
    byte[] row = new byte[count * Hash.SIZE];
    System.arraycopy(hashes, offset, row, 0, row.length);
    for (int width = count; width > 1; width /= 2) {
      for (int i = 0; i < width; i += 2) {
        int left = i * Hash.SIZE;
        node(row, left, row, left + Hash.SIZE, row, left / 2);
      }
    }
    return Hash.at(row, 0);
  }

  private void digest(byte[] target, int offset) {
    try {
      sha256.digest(target, offset, Hash.SIZE);
    } catch (DigestException e) {
      throw new IllegalArgumentException("no room for a hash at " + offset, e);
    }
  }
}
