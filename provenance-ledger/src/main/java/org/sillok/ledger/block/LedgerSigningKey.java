package org.sillok.ledger.block;

import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.sillok.merkle.Hash;

/** The Ed25519 key that signs an embedded ledger's blocks. Prints its public half only. */
public final class LedgerSigningKey {

  private final Ed25519PrivateKeyParameters key;

  private LedgerSigningKey(Ed25519PrivateKeyParameters key) {
    this.key = key;
  }

  /**
   * @param seed the private key of RFC 8032 §5.1.5
   * @throws IllegalArgumentException if {@code seed} is not 32 long
   */
  public static LedgerSigningKey ofSeed(byte[] seed) {
    return new LedgerSigningKey(new Ed25519PrivateKeyParameters(Hash.of(seed).toBytes()));
  }

  public LedgerPublicKey publicKey() {
    return LedgerPublicKey.of(key.generatePublicKey().getEncoded());
  }

  byte[] sign(byte[] message) {
    Ed25519Signer signer = new Ed25519Signer();
    signer.init(true, key);
    signer.update(message, 0, message.length);
    return signer.generateSignature();
  }

  @Override
  public String toString() {
    return "signing key of " + publicKey();
  }
}
