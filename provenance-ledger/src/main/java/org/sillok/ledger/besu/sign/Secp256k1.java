package org.sillok.ledger.besu.sign;

import java.math.BigInteger;
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
import org.sillok.ledger.eip712.Signer;
import org.sillok.merkle.Hash;

/** Signatures with a private key in memory: deterministic (RFC 6979), low s (EIP-2). */
final class Secp256k1 {

  private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");
  private static final ECDomainParameters DOMAIN = new ECDomainParameters(CURVE);

  private Secp256k1() {}

  static PatientSignature sign(BigInteger key, Hash digest) {
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, new ECPrivateKeyParameters(key, DOMAIN));
    BigInteger[] rs = signer.generateSignature(digest.toBytes());
    BigInteger s = rs[1].min(CURVE.getN().subtract(rs[1]));
    Address account = Signer.address(key);
    PatientSignature even = signature(rs[0], s, 27);
    return Signer.recover(digest, even).equals(account) ? even : signature(rs[0], s, 28);
  }

  static PatientSignature signature(BigInteger r, BigInteger s, int v) {
    byte[] bytes = new byte[PatientSignature.SIZE];
    BigIntegers.asUnsignedByteArray(r, bytes, 0, 32);
    BigIntegers.asUnsignedByteArray(s, bytes, 32, 32);
    bytes[64] = (byte) v;
    return PatientSignature.of(bytes);
  }
}
