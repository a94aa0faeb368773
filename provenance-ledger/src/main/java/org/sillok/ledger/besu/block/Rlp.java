package org.sillok.ledger.besu.block;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Recursive Length Prefix (Ethereum Yellow Paper, appendix B). Reading takes more than one form of
 * some values: encode again what was read, and compare.
 */
public final class Rlp {

  private static final int STRING = 0x80;
  private static final int LIST = 0xc0;
  private static final int SHORT = 55;

  private Rlp() {}

  public static byte[] bytes(byte[] content) {
    return content.length == 1 && (content[0] & 0xff) < STRING
        ? content.clone()
        : join(prefix(STRING, content.length), content);
  }

  /** Big-endian without leading zeros; zero is the empty string. */
  public static byte[] number(BigInteger number) {
    byte[] bytes = number.toByteArray();
    return bytes(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
  }

  /**
   * @param items encoded
   */
  public static byte[] list(List<byte[]> items) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    items.forEach(all::writeBytes);
    return join(prefix(LIST, all.size()), all.toByteArray());
  }

  private static byte[] prefix(int kind, int length) {
    if (length <= SHORT) {
      return new byte[] {(byte) (kind + length)};
    }
    byte[] size = BigInteger.valueOf(length).toByteArray();
    size = size[0] == 0 ? Arrays.copyOfRange(size, 1, size.length) : size;
    return join(new byte[] {(byte) (kind + SHORT + size.length)}, size);
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  /**
   * The items of an encoded list, encoded.
   *
   * @throws IllegalArgumentException if it is no list, or one of another length than it says
   */
  static List<byte[]> items(byte[] list) {
    Item whole = whole(list);
    if (!whole.isList()) {
      throw new IllegalArgumentException("RLP: a list was expected");
    }
    List<byte[]> items = new ArrayList<>();
    int at = whole.start();
    while (at < whole.end()) {
      Item next = item(list, at);
      if (next.end() > whole.end()) {
        throw new IllegalArgumentException("RLP: an item is longer than its list");
      }
      items.add(Arrays.copyOfRange(list, at, next.end()));
      at = next.end();
    }
    return items;
  }

  /**
   * The content of an encoded string.
   *
   * @throws IllegalArgumentException if it is none, or one of another length than it says
   */
  static byte[] content(byte[] string) {
    Item whole = whole(string);
    if (whole.isList()) {
      throw new IllegalArgumentException("RLP: a string was expected");
    }
    return Arrays.copyOfRange(string, whole.start(), whole.end());
  }

  private record Item(boolean isList, int start, int end) {}

  private static Item whole(byte[] bytes) {
    if (bytes.length == 0) {
      throw new IllegalArgumentException("RLP: nothing there");
    }
    Item item = item(bytes, 0);
    if (item.end() != bytes.length) {
      throw new IllegalArgumentException("RLP: bytes are left over");
    }
    return item;
  }

  private static Item item(byte[] bytes, int at) {
    int first = bytes[at] & 0xff;
    if (first < STRING) {
      return new Item(false, at, at + 1);
    }
    boolean list = first >= LIST;
    int length = first - (list ? LIST : STRING);
    int start = at + 1;
    if (length > SHORT) {
      int size = length - SHORT;
      if (size > 3 || size > bytes.length - start) {
        throw new IllegalArgumentException("RLP: an item is longer than what is there");
      }
      length = new BigInteger(1, Arrays.copyOfRange(bytes, start, start + size)).intValue();
      start += size;
    }
    if (length > bytes.length - start) {
      throw new IllegalArgumentException("RLP: an item is longer than what is there");
    }
    return new Item(list, start, start + length);
  }
}
