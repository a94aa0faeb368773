package org.sillok.ledger.eip712;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;
import org.sillok.ledger.Address;
import org.sillok.ledger.PatientSignature;
import org.sillok.merkle.Hash;

/**
 * Who signed a digest: public key recovery on secp256k1 (SEC 1 §4.1.6), with low s only (EIP-2), as
 * {@code ecrecover} with OpenZeppelin's checks does it.
 */
public final class Signer {

  private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");
  private static final BigInteger ORDER = CURVE.getN();
  private static final BigInteger HALF_ORDER = ORDER.shiftRight(1);

  private Signer() {}

  /**
   * True if {@code s} lies in the upper half: then whoever saw the signature can make a second one.
   */
  public static boolean isMalleable(PatientSignature signature) {
    return s(signature.toBytes()).compareTo(HALF_ORDER) > 0;
  }

  /** The signature of the same key for the same digest that is not malleable. */
  public static PatientSignature lowS(PatientSignature signature) {
    byte[] bytes = signature.toBytes();
    BigInteger s = s(bytes);
    if (s.compareTo(HALF_ORDER) <= 0 || s.compareTo(ORDER) >= 0) {
      return signature;
    }
    BigIntegers.asUnsignedByteArray(ORDER.subtract(s), bytes, 32, 32);
    bytes[64] ^= 27 ^ 28;
    return PatientSignature.of(bytes);
  }

  /**
   * The account whose key signed {@code digest}. A signature of anything else comes to a random
   * account, so compare.
   *
   * @throws IllegalArgumentException if no key at all can have made it
   */
  public static Address recover(Hash digest, PatientSignature signature) {
    byte[] bytes = signature.toBytes();
    BigInteger r = new BigInteger(1, Arrays.copyOfRange(bytes, 0, 32));
    BigInteger s = s(bytes);
    int v = bytes[64] & 0xff;
    if (v != 27 && v != 28) {
      throw new IllegalArgumentException("v is 27 or 28, got " + v);
    }
    checkRange("r", r, ORDER);
    checkRange("s", s, HALF_ORDER.add(BigInteger.ONE));
    return address(publicKey(new BigInteger(1, digest.toBytes()), r, s, v == 28));
  }

  /**
   * The account of a private key.
   *
   * @param privateKey 1 to n - 1
   */
  public static Address address(BigInteger privateKey) {
    checkRange("private key", privateKey, ORDER);
    return address(CURVE.getG().multiply(privateKey).normalize());
  }

  /** The account of a public key: the last 20 bytes of the Keccak-256 of x ‖ y. */
  static Address address(ECPoint publicKey) {
    byte[] encoded = publicKey.getEncoded(false);
    byte[] hash = Keccak.hash(Arrays.copyOfRange(encoded, 1, encoded.length)).toBytes();
    return Address.of(Arrays.copyOfRange(hash, Hash.SIZE - Address.SIZE, Hash.SIZE));
  }

  private static BigInteger s(byte[] signature) {
    return new BigInteger(1, Arrays.copyOfRange(signature, 32, 64));
  }

  private static void checkRange(String name, BigInteger number, BigInteger bound) {
    if (number.signum() <= 0 || number.compareTo(bound) >= 0) {
      throw new IllegalArgumentException(name + " is out of range");
    }
  }

  /** Q = r⁻¹ (s·R − z·G), where R is the point with abscissa r and the parity that v tells. */
  private static ECPoint publicKey(BigInteger z, BigInteger r, BigInteger s, boolean odd) {
    ECPoint point = decompress(r, odd);
    BigInteger inverse = r.modInverse(ORDER);
    ECPoint key =
        ECAlgorithms.sumOfTwoMultiplies(
                CURVE.getG(),
                z.negate().multiply(inverse).mod(ORDER),
                point,
                s.multiply(inverse).mod(ORDER))
            .normalize();
    if (key.isInfinity()) {
      throw new IllegalArgumentException("recovers to no key");
    }
    return key;
  }

  private static ECPoint decompress(BigInteger x, boolean odd) {
    byte[] encoded = new byte[33];
    encoded[0] = (byte) (odd ? 3 : 2);
    byte[] abscissa = x.toByteArray();
    int length = Math.min(abscissa.length, 32);
    System.arraycopy(abscissa, abscissa.length - length, encoded, 33 - length, length);
    return CURVE.getCurve().decodePoint(encoded);
  }
}
