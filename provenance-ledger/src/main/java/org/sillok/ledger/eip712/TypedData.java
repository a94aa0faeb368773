package org.sillok.ledger.eip712;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.sillok.ledger.Address;
import org.sillok.ledger.SigningDomain;
import org.sillok.merkle.Hash;

/** Hashes of typed structured data (EIP-712, "Definition of hashStruct" and what follows). */
final class TypedData {

  private static final String DOMAIN =
      "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)";

  private TypedData() {}

  /** What is signed: {@code keccak256(0x19 0x01 ‖ domain separator ‖ struct hash)}. */
  static Hash digest(SigningDomain domain, Hash structHash) {
    return Keccak.hash(new byte[] {0x19, 0x01}, separator(domain).toBytes(), structHash.toBytes());
  }

  static Hash separator(SigningDomain domain) {
    return struct(
        DOMAIN,
        text(domain.name()),
        text(domain.version()),
        word(domain.chainId()),
        word(domain.verifyingContract()));
  }

  /** {@code keccak256(typeHash ‖ words)}; {@code type} is the whole encodeType. */
  static Hash struct(String type, Hash... words) {
    byte[][] parts = new byte[words.length + 1][];
    parts[0] = text(type).toBytes();
    for (int i = 0; i < words.length; i++) {
      parts[i + 1] = words[i].toBytes();
    }
    return Keccak.hash(parts);
  }

  /** A {@code string}. */
  static Hash text(String text) {
    return Keccak.hash(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A {@code uint}; never negative. */
  static Hash word(long number) {
    return Hash.of(ByteBuffer.allocate(Hash.SIZE).putLong(Hash.SIZE - Long.BYTES, number).array());
  }

  /** An {@code address}. */
  static Hash word(Address address) {
    return Hash.of(
        ByteBuffer.allocate(Hash.SIZE).put(Hash.SIZE - Address.SIZE, address.toBytes()).array());
  }

  /** A {@code bytes32} that holds ASCII from its left end on, as contracts keep short names. */
  static Hash leftAligned(String ascii) {
    return Hash.of(
        ByteBuffer.allocate(Hash.SIZE).put(ascii.getBytes(StandardCharsets.US_ASCII)).array());
  }
}
