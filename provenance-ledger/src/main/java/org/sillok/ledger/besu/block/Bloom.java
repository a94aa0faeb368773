package org.sillok.ledger.besu.block;

import org.sillok.ledger.Address;
import org.sillok.merkle.Hash;

/**
 * A filter of 2048 bits over the addresses and topics of logs (Ethereum Yellow Paper, §4.3.1). What
 * it does not contain is not there; what it contains may be there. Not thread-safe while filled.
 */
public final class Bloom {

  /** Length in bytes. */
  public static final int SIZE = 256;

  private static final int BITS = 8 * SIZE;
  private static final int BITS_PER_ITEM = 3;

  private final byte[] bits;

  private Bloom(byte[] bits) {
    this.bits = bits;
  }

  public static Bloom empty() {
    return new Bloom(new byte[SIZE]);
  }

  /**
   * @throws IllegalArgumentException if {@code bytes} is not 256 long
   */
  public static Bloom of(byte[] bytes) {
    if (bytes.length != SIZE) {
      throw new IllegalArgumentException("a bloom has " + SIZE + " bytes, got " + bytes.length);
    }
    return new Bloom(bytes.clone());
  }

  public boolean mayContain(Address address) {
    byte[] hash = Keccak.hash(address.toBytes()).toBytes();
    for (int i = 0; i < BITS_PER_ITEM; i++) {
      int bit = bit(hash, i);
      if ((bits[SIZE - 1 - bit / 8] & (1 << (bit % 8))) == 0) {
        return false;
      }
    }
    return true;
  }

  public void add(Address address) {
    add(address.toBytes());
  }

  public void add(Hash topic) {
    add(topic.toBytes());
  }

  private void add(byte[] item) {
    byte[] hash = Keccak.hash(item).toBytes();
    for (int i = 0; i < BITS_PER_ITEM; i++) {
      int bit = bit(hash, i);
      bits[SIZE - 1 - bit / 8] |= (byte) (1 << (bit % 8));
    }
  }

  private static int bit(byte[] hash, int i) {
    return ((hash[2 * i] & 0xff) << 8 | hash[2 * i + 1] & 0xff) % BITS;
  }

  public byte[] toBytes() {
    return bits.clone();
  }
}
