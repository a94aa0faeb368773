package org.sillok.ledger.besu.sign;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.sillok.ledger.Address;
import org.sillok.ledger.PatientSignature;
import org.sillok.ledger.eip712.Signer;
import org.sillok.merkle.Hash;
import org.web3j.rlp.RlpDecoder;
import org.web3j.rlp.RlpList;
import org.web3j.rlp.RlpString;

/** The bytes that go to the chain. Immutable. */
public final class SignedTransaction {

  private static final int FIELDS = 9;

  private final byte[] raw;

  private SignedTransaction(byte[] raw) {
    this.raw = raw;
  }

  /**
   * Takes what a signer gave, if it is {@code wanted}, field by field, signed by {@code sender}. A
   * damaged signature is that of a random account, and a chain without fees would take it.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static SignedTransaction of(byte[] raw, UnsignedTransaction wanted, Address sender) {
    List<RlpString> fields = fields(raw);
    BigInteger v = number(fields.get(6));
    BigInteger r = number(fields.get(7));
    BigInteger s = number(fields.get(8));
    if (!Arrays.equals(raw, wanted.encoded(v, r, s))) {
      throw new IllegalArgumentException("the signer has signed another transaction");
    }
    Address signer = Signer.recover(wanted.digest(), signature(wanted, v, r, s));
    if (!signer.equals(sender)) {
      throw new IllegalArgumentException(
          "the transaction is signed by " + signer + ", want " + sender);
    }
    return new SignedTransaction(raw.clone());
  }

  public byte[] toBytes() {
    return raw.clone();
  }

  /** The name of this transaction on the chain. */
  public Hash hash() {
    return Keccak.hash(raw);
  }

  private static List<RlpString> fields(byte[] raw) {
    List<RlpString> fields;
    try {
      RlpList transaction = (RlpList) RlpDecoder.decode(raw).getValues().get(0);
      fields = transaction.getValues().stream().map(RlpString.class::cast).toList();
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("the signer gave no legacy transaction", e);
    }
    if (fields.size() != FIELDS) {
      throw new IllegalArgumentException("a transaction has 9 fields, got " + fields.size());
    }
    return fields;
  }

  private static BigInteger number(RlpString field) {
    return new BigInteger(1, field.getBytes());
  }

  private static PatientSignature signature(
      UnsignedTransaction wanted, BigInteger v, BigInteger r, BigInteger s) {
    int wallet = v.equals(wanted.v(27)) ? 27 : v.equals(wanted.v(28)) ? 28 : 0;
    if (wallet == 0 || r.bitLength() > 256 || s.bitLength() > 256) {
      throw new IllegalArgumentException("the signature is not for chain " + wanted.chainId());
    }
    return Secp256k1.signature(r, s, wallet);
  }
}
