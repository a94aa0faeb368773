package org.sillok.note;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/**
 * A private key with a name, kept as {@code PRIVATE+KEY+name+hash+base64(0x01 ‖ seed)}, the format
 * of Go's {@code sumdb/note}. Ed25519 only. Immutable; prints only its public part.
 */
public final class SignerKey {

  private static final String PREFIX = "PRIVATE+KEY+";

  private final Ed25519PrivateKeyParameters key;
  private final VerifierKey verifier;

  private SignerKey(String name, Ed25519PrivateKeyParameters key) {
    this.key = key;
    this.verifier = new VerifierKey(name, key.generatePublicKey());
  }

  public static SignerKey generate(String name, SecureRandom random) {
    return new SignerKey(name, new Ed25519PrivateKeyParameters(random));
  }

  /**
   * @throws IllegalArgumentException if {@code encoded} is not exactly what {@link #encoded}
   *     writes; the message has nothing of the key
   */
  public static SignerKey parse(String encoded) {
    String[] parts = encoded.startsWith(PREFIX) ? split(encoded) : new String[0];
    if (parts.length != 3) {
      throw new IllegalArgumentException("a signer key is PRIVATE+KEY+name+hash+base64");
    }
    SignerKey signer = new SignerKey(parts[0], seed(parts[2]));
    String hash = KeyName.hex(signer.verifier.keyId());
    if (!hash.equals(parts[1])) {
      throw new IllegalArgumentException("the signer key does not match its hash, want " + hash);
    }
    return signer;
  }

  private static String[] split(String encoded) {
    return encoded.substring(PREFIX.length()).split("\\+", 3);
  }

  private static Ed25519PrivateKeyParameters seed(String base64) {
    byte[] seed;
    try {
      seed = KeyName.keyBytes(base64);
    } catch (IllegalArgumentException e) {
      // Without the cause, which may quote the key.
      throw new IllegalArgumentException("the signer key is not base64 of an Ed25519 seed");
    }
    return new Ed25519PrivateKeyParameters(seed, 0);
  }

  public VerifierKey verifier() {
    return verifier;
  }

  /** The secret text to keep in a key file. */
  public String encoded() {
    return PREFIX
        + verifier.name()
        + "+"
        + KeyName.hex(verifier.keyId())
        + "+"
        + KeyName.base64(key.getEncoded());
  }

  byte[] sign(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Ed25519Signer signer = new Ed25519Signer();
    signer.init(true, key);
    signer.update(bytes, 0, bytes.length);
    return signer.generateSignature();
  }

  /** The public key's text. */
  @Override
  public String toString() {
    return verifier.toString();
  }
}
