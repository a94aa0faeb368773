package org.sillok.ledger;

import org.sillok.merkle.Hash;

/**
 * Size and root of a log's tree.
 *
 * @param size number of leaves, 0 to 2^53 - 1
 */
public record TreeHead(long size, Hash root) {

  /** The tree without leaves: SHA-256 of nothing (RFC 6962 §2.1). */
  public static final TreeHead EMPTY =
      new TreeHead(
          0, Hash.ofHex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));

  private static final long LARGEST = (1L << 53) - 1;

  public TreeHead {
    if (size < 0 || size > LARGEST) {
      throw new IllegalArgumentException("a tree has 0 to " + LARGEST + " leaves, got " + size);
    }
  }

  @Override
  public String toString() {
    return size + ":" + root;
  }
}
