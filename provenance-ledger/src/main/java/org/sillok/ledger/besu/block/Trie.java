package org.sillok.ledger.besu.block;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sillok.merkle.Hash;

/**
 * The root of a Merkle-Patricia trie of a list, keyed by index, as headers have it for a block's
 * receipts (Ethereum Yellow Paper, §4.3.1 and appendix D).
 */
public final class Trie {

  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] NOTHING = Rlp.bytes(new byte[0]);
  private static final int CHILDREN = 16;

  private Trie() {}

  public static Hash root(List<byte[]> values) {
    TreeMap<String, byte[]> byKey = new TreeMap<>();
    for (int i = 0; i < values.size(); i++) {
      byKey.put(HEX.formatHex(Rlp.number(BigInteger.valueOf(i))), values.get(i));
    }
    return Keccak.hash(byKey.isEmpty() ? NOTHING : node(new ArrayList<>(byKey.entrySet()), 0));
  }

  /**
   * @param entries by key in hexadecimal; sorted; no key begins with another one
   * @param depth digits that they have in common and that lie above this node
   */
  private static byte[] node(List<Map.Entry<String, byte[]>> entries, int depth) {
    String first = entries.get(0).getKey();
    if (entries.size() == 1) {
      return Rlp.list(
          List.of(path(first.substring(depth), true), Rlp.bytes(entries.get(0).getValue())));
    }
    int shared = shared(first, entries.get(entries.size() - 1).getKey());
    if (shared > depth) {
      return Rlp.list(
          List.of(path(first.substring(depth, shared), false), reference(node(entries, shared))));
    }
    List<byte[]> children = new ArrayList<>();
    for (int digit = 0; digit < CHILDREN; digit++) {
      char wanted = Character.forDigit(digit, CHILDREN);
      var below = entries.stream().filter(each -> each.getKey().charAt(depth) == wanted).toList();
      children.add(below.isEmpty() ? NOTHING : reference(node(below, depth + 1)));
    }
    children.add(NOTHING);
    return Rlp.list(children);
  }

  private static int shared(String one, String other) {
    int at = 0;
    while (one.charAt(at) == other.charAt(at)) {
      at++;
    }
    return at;
  }

  private static byte[] reference(byte[] node) {
    return node.length < Hash.SIZE ? node : Rlp.bytes(Keccak.hash(node).toBytes());
  }

  private static byte[] path(String digits, boolean leaf) {
    boolean odd = digits.length() % 2 == 1;
    int flag = (leaf ? 2 : 0) + (odd ? 1 : 0);
    return Rlp.bytes(HEX.parseHex(flag + (odd ? "" : "0") + digits));
  }
}
