package org.sillok.ledger;

import org.sillok.merkle.Hash;

/** 32 random bytes that name a consent; scoped to its custodian, and telling nothing. */
public record ConsentId(Hash bytes) {

  public static ConsentId of(byte[] bytes) {
    return new ConsentId(Hash.of(bytes));
  }

  /**
   * @throws IllegalArgumentException if {@code hex} is not 64 hexadecimal digits
   */
  public static ConsentId parse(String hex) {
    return new ConsentId(Hash.ofHex(hex));
  }

  @Override
  public String toString() {
    return bytes.toString();
  }
}
