package org.sillok.ledger.besu.sign;

import org.sillok.merkle.Hash;

/** Keccak-256 as Ethereum has it. */
final class Keccak {

  private Keccak() {}

  static Hash hash(byte[] bytes) {
    return Hash.of(org.web3j.crypto.Hash.sha3(bytes));
  }
}
