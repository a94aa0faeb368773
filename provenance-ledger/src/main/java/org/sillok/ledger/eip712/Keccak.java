package org.sillok.ledger.eip712;

import org.bouncycastle.crypto.digests.KeccakDigest;
import org.sillok.merkle.Hash;

/** Keccak-256 as Ethereum has it: with the padding from before FIPS 202. */
final class Keccak {

  private Keccak() {}

  static Hash hash(byte[]... parts) {
    KeccakDigest digest = new KeccakDigest(256);
    for (byte[] part : parts) {
      digest.update(part, 0, part.length);
    }
    byte[] out = new byte[Hash.SIZE];
    digest.doFinal(out, 0);
    return Hash.of(out);
  }
}
