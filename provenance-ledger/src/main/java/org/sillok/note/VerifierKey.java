package org.sillok.note;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/**
 * A public key with a name, written as {@code name+hash+base64(0x01 ‖ key)}: the "vkey" of C2SP
 * signed-note and of Go's {@code sumdb/note}. Ed25519 only. Immutable.
 */
public final class VerifierKey {

  private final String name;
  private final int keyId;
  private final Ed25519PublicKeyParameters key;

  VerifierKey(String name, Ed25519PublicKeyParameters key) {
    this.name = KeyName.require(name);
    this.key = key;
    this.keyId = KeyName.keyId(name, key.getEncoded());
  }

  /**
   * @throws IllegalArgumentException if {@code vkey} is not exactly what {@link #toString} writes
   */
  public static VerifierKey parse(String vkey) {
    String[] parts = vkey.split("\\+", 3);
    if (parts.length != 3) {
      throw new IllegalArgumentException(
          "a verifier key is name+hash+base64, got \"" + vkey + "\"");
    }
    VerifierKey key =
        new VerifierKey(parts[0], new Ed25519PublicKeyParameters(KeyName.keyBytes(parts[2]), 0));
    if (!KeyName.hex(key.keyId).equals(parts[1])) {
      throw new IllegalArgumentException(
          "the key's hash is " + parts[1] + ", want " + KeyName.hex(key.keyId));
    }
    return key;
  }

  public String name() {
    return name;
  }

  public int keyId() {
    return keyId;
  }

  /** The 32 bytes of RFC 8032. */
  public byte[] publicKey() {
    return key.getEncoded();
  }

  boolean verifies(String text, byte[] signature) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Ed25519Signer verifier = new Ed25519Signer();
    verifier.init(false, key);
    verifier.update(bytes, 0, bytes.length);
    return verifier.verifySignature(signature);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerifierKey that && toString().equals(that.toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  @Override
  public String toString() {
    return name + "+" + KeyName.hex(keyId) + "+" + KeyName.base64(publicKey());
  }
}
