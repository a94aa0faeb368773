package org.sillok.merkle;

/** The hashes of RFC 6962 §2.1, over SHA-256. Thread-safe. */
public final class Rfc6962 {

  /** The root of the tree that has no leaves: the hash of nothing. */
  public static final Hash EMPTY = Hash.of(NodeHasher.newSha256().digest());

  private Rfc6962() {}

  /** {@code SHA-256(0x00 ‖ data)}. */
  public static Hash leaf(byte[] data) {
    byte[] hash = new byte[Hash.SIZE];
    new NodeHasher().leaf(data, hash, 0);
    return Hash.of(hash);
  }

  /** {@code SHA-256(0x01 ‖ left ‖ right)}. */
  public static Hash node(Hash left, Hash right) {
    byte[] hash = new byte[Hash.SIZE];
    new NodeHasher().node(left.toBytes(), 0, right.toBytes(), 0, hash, 0);
    return Hash.of(hash);
  }
}
