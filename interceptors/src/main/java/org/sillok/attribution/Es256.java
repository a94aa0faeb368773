package org.sillok.attribution;

import com.nimbusds.jose.jwk.ECKey;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.util.BigIntegers;

/**
 * The signature ES256 (RFC 7518 §3.4), with the deterministic nonce of RFC 6979. Bouncy Castle
 * needs a sixth of the time that the JDK 17's own takes, which would be a tenth of a whole write.
 * Thread-safe.
 */
final class Es256 {

  private static final int HALF = 32;
  private static final ECDomainParameters P_256 =
      new ECDomainParameters(CustomNamedCurves.getByName("P-256"));

  private final ECPrivateKeyParameters key;

  /**
   * @param key private, on P-256
   */
  Es256(ECKey key) {
    this.key = new ECPrivateKeyParameters(key.getD().decodeToBigInteger(), P_256);
  }

  /** R and S, 32 bytes each. */
  byte[] sign(byte[] message) {
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, key);
    byte[][] parts =
        Arrays.stream(signer.generateSignature(sha256(message)))
            .map(part -> BigIntegers.asUnsignedByteArray(HALF, part))
            .toArray(byte[][]::new);
    byte[] signature = Arrays.copyOf(parts[0], 2 * HALF);
    System.arraycopy(parts[1], 0, signature, HALF, HALF);
    return signature;
  }

  private static byte[] sha256(byte[] message) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(message);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
