package org.sillok.ledger.eip712;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.util.BigIntegers;
import org.sillok.ledger.Address;
import org.sillok.ledger.PatientSignature;
import org.sillok.ledger.PatientStatement;
import org.sillok.ledger.SigningDomain;
import org.sillok.merkle.Hash;

/** A secp256k1 key of a test, made from a name. */
public record TestKey(BigInteger secret) {

  private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");
  private static final ECDomainParameters DOMAIN = new ECDomainParameters(CURVE);

  /** The key whose secret is the Keccak-256 of {@code name}, as the EIP's examples do it. */
  public static TestKey named(String name) {
    byte[] hash = Keccak.hash(name.getBytes(StandardCharsets.UTF_8)).toBytes();
    return new TestKey(new BigInteger(1, hash));
  }

  public Address address() {
    return Signer.address(CURVE.getG().multiply(secret).normalize());
  }

  public PatientSignature sign(SigningDomain domain, PatientStatement statement) {
    return sign(PatientStatements.digest(domain, statement));
  }

  /** Deterministic (RFC 6979), low s. */
  public PatientSignature sign(Hash digest) {
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, new ECPrivateKeyParameters(secret, DOMAIN));
    BigInteger[] signature = signer.generateSignature(digest.toBytes());
    BigInteger s = signature[1].min(CURVE.getN().subtract(signature[1]));
    for (int v = 27; v <= 28; v++) {
      PatientSignature candidate = signature(signature[0], s, v);
      if (Signer.recover(digest, candidate).equals(address())) {
        return candidate;
      }
    }
    throw new IllegalStateException("no v recovers the key");
  }

  /** The other signature that everybody can make from {@code signature}: n - s, other parity. */
  public static PatientSignature mirrored(PatientSignature signature) {
    byte[] bytes = signature.toBytes();
    BigInteger r = new BigInteger(1, java.util.Arrays.copyOfRange(bytes, 0, 32));
    BigInteger s = new BigInteger(1, java.util.Arrays.copyOfRange(bytes, 32, 64));
    return signature(r, CURVE.getN().subtract(s), bytes[64] == 27 ? 28 : 27);
  }

  static PatientSignature signature(BigInteger r, BigInteger s, int v) {
    byte[] bytes = new byte[PatientSignature.SIZE];
    BigIntegers.asUnsignedByteArray(r, bytes, 0, 32);
    BigIntegers.asUnsignedByteArray(s, bytes, 32, 32);
    bytes[64] = (byte) v;
    return PatientSignature.of(bytes);
  }
}
