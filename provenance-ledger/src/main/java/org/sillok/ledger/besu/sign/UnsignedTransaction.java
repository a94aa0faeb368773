package org.sillok.ledger.besu.sign;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sillok.ledger.Address;
import org.sillok.merkle.Hash;
import org.web3j.rlp.RlpEncoder;
import org.web3j.rlp.RlpList;
import org.web3j.rlp.RlpString;
import org.web3j.rlp.RlpType;
import org.web3j.utils.Numeric;

/**
 * A legacy transaction with a gas price of zero and no value, for one chain (EIP-155).
 *
 * @param to null to create a contract
 * @param data in hexadecimal, with 0x
 */
public record UnsignedTransaction(
    long chainId, long nonce, long gas, @Nullable Address to, String data) {

  /** What is signed (EIP-155). */
  Hash digest() {
    return Keccak.hash(encoded(BigInteger.valueOf(chainId), BigInteger.ZERO, BigInteger.ZERO));
  }

  /** With the last three fields: chain id and zeros, or v, r and s. */
  byte[] encoded(BigInteger... last) {
    List<RlpType> fields = fields();
    for (BigInteger field : last) {
      fields.add(RlpString.create(field));
    }
    return RlpEncoder.encode(new RlpList(fields));
  }

  /** v of EIP-155 from the v that wallets give, 27 or 28. */
  BigInteger v(int wallet) {
    return BigInteger.valueOf(chainId).shiftLeft(1).add(BigInteger.valueOf(wallet + 8));
  }

  /** Nonce, gas price, gas, to, value, data. */
  private List<RlpType> fields() {
    List<RlpType> fields = new ArrayList<>();
    fields.add(RlpString.create(BigInteger.valueOf(nonce)));
    fields.add(RlpString.create(BigInteger.ZERO));
    fields.add(RlpString.create(BigInteger.valueOf(gas)));
    fields.add(RlpString.create(to == null ? new byte[0] : to.toBytes()));
    fields.add(RlpString.create(BigInteger.ZERO));
    fields.add(RlpString.create(Numeric.hexStringToByteArray(data)));
    return fields;
  }
}
