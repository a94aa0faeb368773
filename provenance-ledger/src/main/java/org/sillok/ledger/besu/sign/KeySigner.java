package org.sillok.ledger.besu.sign;

import java.math.BigInteger;
import java.util.Arrays;
import org.sillok.ledger.Address;
import org.sillok.ledger.PatientSignature;
import org.sillok.ledger.eip712.Signer;

/** Signs with a private key in memory. */
public final class KeySigner implements TransactionSigner {

  private final BigInteger key;
  private final Address account;

  /**
   * @param key 1 to n - 1
   */
  public KeySigner(BigInteger key) {
    this.key = key;
    this.account = Signer.address(key);
  }

  @Override
  public Address account() {
    return account;
  }

  @Override
  public SignedTransaction sign(UnsignedTransaction transaction) {
    PatientSignature signature = Secp256k1.sign(key, transaction.digest());
    byte[] bytes = signature.toBytes();
    byte[] raw =
        transaction.encoded(
            transaction.v(bytes[64]),
            new BigInteger(1, Arrays.copyOfRange(bytes, 0, 32)),
            new BigInteger(1, Arrays.copyOfRange(bytes, 32, 64)));
    return SignedTransaction.of(raw, transaction, account);
  }
}
