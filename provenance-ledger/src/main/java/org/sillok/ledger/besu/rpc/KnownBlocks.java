package org.sillok.ledger.besu.rpc;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.sillok.merkle.Hash;

/**
 * Some of the blocks that were final when we saw them: a node that has others has another history.
 * The first and the newest are always among them. Thread-safe.
 */
public final class KnownBlocks {

  private static final int SOME = 500;

  private final NavigableMap<Long, Hash> hashes = new ConcurrentSkipListMap<>();

  public void add(long number, Hash hash) {
    hashes.put(number, hash);
    if (hashes.size() > SOME) {
      hashes.remove(hashes.higherKey(hashes.firstKey()));
    }
  }

  /** The newest known block that is not above {@code head}. */
  Optional<Map.Entry<Long, Hash>> upTo(long head) {
    return Optional.ofNullable(hashes.floorEntry(head));
  }

  /** -1 before the first. */
  long newest() {
    return hashes.isEmpty() ? -1 : hashes.lastKey();
  }
}
