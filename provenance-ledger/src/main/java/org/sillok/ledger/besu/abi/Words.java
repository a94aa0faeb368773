package org.sillok.ledger.besu.abi;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.sillok.ledger.Address;
import org.sillok.ledger.Expiry;
import org.sillok.ledger.HospitalId;
import org.sillok.merkle.Hash;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint32;
import org.web3j.abi.datatypes.generated.Uint64;

/** The ledger's values as the ABI's words, and back. */
final class Words {

  private Words() {}

  static Bytes32 word(HospitalId id) {
    return new Bytes32(Arrays.copyOf(id.value().getBytes(StandardCharsets.US_ASCII), Hash.SIZE));
  }

  static Bytes32 word(Hash hash) {
    return new Bytes32(hash.toBytes());
  }

  static org.web3j.abi.datatypes.Address word(Address address) {
    return new org.web3j.abi.datatypes.Address(address.toString());
  }

  /** All bits count: what is negative here is no number of the contracts. */
  static Uint64 word(long number) {
    return new Uint64(
        number < 0
            ? BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE)
            : BigInteger.valueOf(number));
  }

  static Uint64 word(Expiry expiry) {
    return word(expiry.epochSecond());
  }

  static Uint32 word(int number) {
    return new Uint32(number);
  }

  static HospitalId hospital(Hash word) {
    byte[] bytes = word.toBytes();
    int length = bytes.length;
    while (length > 0 && bytes[length - 1] == 0) {
      length--;
    }
    return new HospitalId(new String(bytes, 0, length, StandardCharsets.ISO_8859_1));
  }

  static HospitalId hospital(Bytes32 word) {
    return hospital(hash(word));
  }

  static Hash hash(Bytes32 word) {
    return Hash.of(word.getValue());
  }

  static Address address(org.web3j.abi.datatypes.Address word) {
    return Address.parse(word.getValue());
  }

  /** An address in a topic. */
  static Address address(Hash word) {
    return Address.of(Arrays.copyOfRange(word.toBytes(), Hash.SIZE - Address.SIZE, Hash.SIZE));
  }

  /** A number in a topic. */
  static long number(Hash word) {
    return new BigInteger(1, word.toBytes()).longValueExact();
  }

  static long number(org.web3j.abi.datatypes.NumericType word) {
    return word.getValue().longValueExact();
  }

  static Expiry expiry(Uint64 word) {
    return new Expiry(number(word));
  }
}
