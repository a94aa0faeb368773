package org.sillok.ledger.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells whether rows are the same as before, in whatever order: the sum of their codes modulo
 * 2^256, under a key that leaves no server. Whoever does not know the codes cannot choose rows that
 * give a sum. For one thread.
 */
final class RowSum {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int BITS = 256;

  private final Mac mac;
  private BigInteger sum = BigInteger.ZERO;

  /**
   * @param key random, and the same for all that are compared
   */
  RowSum(byte[] key) {
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no " + ALGORITHM + " in this Java runtime", e);
    }
  }

  void add(String... parts) {
    for (String part : parts) {
      byte[] bytes = part.getBytes(UTF_8);
      mac.update((bytes.length + ":").getBytes(UTF_8));
      mac.update(bytes);
    }
    sum = sum.add(new BigInteger(1, mac.doFinal())).mod(BigInteger.TWO.pow(BITS));
  }

  void addAll(List<BlockStore.Row> rows) {
    for (BlockStore.Row row : rows) {
      add(
          Long.toString(row.number()),
          row.hash().toString(),
          row.transaction().toString(),
          row.text());
    }
  }

  boolean isSameAs(RowSum other) {
    return sum.equals(other.sum);
  }
}
