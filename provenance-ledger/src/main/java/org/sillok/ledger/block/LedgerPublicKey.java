package org.sillok.ledger.block;

import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.sillok.merkle.Hash;

/**
 * The Ed25519 key (RFC 8032) that verifies an embedded ledger's blocks; printed as 64 hex digits.
 */
public final class LedgerPublicKey {

  private final Hash bytes;

  private LedgerPublicKey(Hash bytes) {
    this.bytes = bytes;
  }

  /**
   * @throws IllegalArgumentException if {@code bytes} is not 32 long or no point of the curve
   */
  public static LedgerPublicKey of(byte[] bytes) {
    new Ed25519PublicKeyParameters(Hash.of(bytes).toBytes());
    return new LedgerPublicKey(Hash.of(bytes));
  }

  /** Reads what {@link #toString} writes. */
  public static LedgerPublicKey parse(String hex) {
    return of(Hash.ofHex(hex).toBytes());
  }

  public byte[] toBytes() {
    return bytes.toBytes();
  }

  boolean verifies(byte[] signature, byte[] message) {
    Ed25519Signer verifier = new Ed25519Signer();
    verifier.init(false, new Ed25519PublicKeyParameters(bytes.toBytes()));
    verifier.update(message, 0, message.length);
    return verifier.verifySignature(signature);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LedgerPublicKey that && bytes.equals(that.bytes);
  }

  @Override
  public int hashCode() {
    return bytes.hashCode();
  }

  @Override
  public String toString() {
    return bytes.toString();
  }
}
