package org.sillok.ledger.besu.block;

import org.sillok.merkle.Hash;

/** Keccak-256 as Ethereum has it. */
public final class Keccak {

  private Keccak() {}

  public static Hash hash(byte[] bytes) {
    return Hash.of(org.web3j.crypto.Hash.sha3(bytes));
  }
}
