package org.sillok.ledger.besu.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.HexFormat;
import org.sillok.ledger.Address;
import org.sillok.merkle.Hash;

/**
 * Numbers and bytes as JSON-RPC has them. What has another form than it should came from no node of
 * ours.
 */
public final class Hex {

  private Hex() {}

  /** {@code 0x} and the bytes. */
  public static String of(byte[] bytes) {
    return "0x" + HexFormat.of().formatHex(bytes);
  }

  /** A quantity: {@code 0x} without leading zeros. */
  public static String of(long number) {
    return "0x" + Long.toHexString(number);
  }

  /**
   * @throws NodeUnreachableException if it is no quantity of at most 63 bits
   */
  static long number(JsonNode json) {
    BigInteger number = big(json);
    if (number.bitLength() > 63) {
      throw new NodeUnreachableException("a number of at most 63 bits was asked for, got " + json);
    }
    return number.longValue();
  }

  static BigInteger big(JsonNode json) {
    String text = json.asText();
    if (!json.isTextual() || !text.matches("0x[0-9a-fA-F]{1,64}")) {
      throw new NodeUnreachableException("a number was asked for, got " + json);
    }
    return new BigInteger(text.substring(2), 16);
  }

  static Hash hash(JsonNode json) {
    byte[] bytes = bytes(json);
    if (bytes.length != Hash.SIZE) {
      throw new NodeUnreachableException("a hash was asked for, got " + json);
    }
    return Hash.of(bytes);
  }

  static Address address(JsonNode json) {
    byte[] bytes = bytes(json);
    if (bytes.length != Address.SIZE) {
      throw new NodeUnreachableException("an address was asked for, got " + json);
    }
    return Address.of(bytes);
  }

  static byte[] bytes(JsonNode json) {
    if (!json.isTextual()) {
      throw new NodeUnreachableException("bytes were asked for, got " + json);
    }
    return bytes(json.asText());
  }

  static byte[] bytes(String text) {
    if (!text.matches("0x([0-9a-fA-F]{2})*+")) {
      throw new NodeUnreachableException("bytes were asked for, got " + text);
    }
    return HexFormat.of().parseHex(text, 2, text.length());
  }
}
