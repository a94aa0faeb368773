package org.sillok.merkle;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** RFC 6962 §2.1 written down word for word, to compare the real thing with. */
final class NaiveTree {

  private final List<byte[]> leaves;
  private final Map<List<Integer>, Hash> known = new HashMap<>();

  NaiveTree(List<byte[]> leaves) {
    this.leaves = leaves;
  }

  static NaiveTree ofSize(int size) {
    List<byte[]> leaves = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      leaves.add(("leaf " + i).getBytes(StandardCharsets.UTF_8));
    }
    return new NaiveTree(leaves);
  }

  byte[] data(int index) {
    return leaves.get(index);
  }

  Hash leaf(int index) {
    return mth(index, index + 1);
  }

  List<Hash> leaves(int from, int to) {
    List<Hash> hashes = new ArrayList<>();
    for (int i = from; i < to; i++) {
      hashes.add(leaf(i));
    }
    return hashes;
  }

  /** MTH(D[begin:end]). */
  Hash mth(int begin, int end) {
    Hash before = known.get(List.of(begin, end));
    if (before != null) {
      return before;
    }
    int n = end - begin;
    Hash hash;
    if (n == 0) {
      hash = sha256();
    } else if (n == 1) {
      hash = sha256(new byte[] {0}, leaves.get(begin));
    } else {
      int k = begin + largestPowerOfTwoBelow(n);
      hash = sha256(new byte[] {1}, mth(begin, k).toBytes(), mth(k, end).toBytes());
    }
    known.put(List.of(begin, end), hash);
    return hash;
  }

  /** PATH(m, D[begin:end]). */
  List<Hash> path(int m, int begin, int end) {
    int n = end - begin;
    if (n == 1) {
      return List.of();
    }
    int k = largestPowerOfTwoBelow(n);
    return m < k
        ? plus(path(m, begin, begin + k), mth(begin + k, end))
        : plus(path(m - k, begin + k, end), mth(begin, begin + k));
  }

  /** PROOF(m, D[0:n]); the RFC leaves m = 0 open, every log answers it with nothing. */
  List<Hash> proof(int m, int n) {
    return m == 0 ? List.of() : subproof(m, 0, n, true);
  }

  private List<Hash> subproof(int m, int begin, int end, boolean b) {
    int n = end - begin;
    if (m == n) {
      return b ? List.of() : List.of(mth(begin, end));
    }
    int k = largestPowerOfTwoBelow(n);
    return m <= k
        ? plus(subproof(m, begin, begin + k, b), mth(begin + k, end))
        : plus(subproof(m - k, begin + k, end, false), mth(begin, begin + k));
  }

  private static int largestPowerOfTwoBelow(int n) {
    int k = 1;
    while (2 * k < n) {
      k *= 2;
    }
    return k;
  }

  private static List<Hash> plus(List<Hash> list, Hash last) {
    List<Hash> longer = new ArrayList<>(list);
    longer.add(last);
    return longer;
  }

  private static Hash sha256(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return Hash.of(digest.digest());
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
