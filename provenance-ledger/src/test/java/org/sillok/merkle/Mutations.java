package org.sillok.merkle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Ways to spoil a proof's path; every one of them must be noticed. */
final class Mutations {

  private Mutations() {}

  static Hash flipped(Hash hash, int bit) {
    byte[] bytes = hash.toBytes();
    bytes[bit / 8] ^= (byte) (1 << (bit % 8));
    return Hash.of(bytes);
  }

  static List<List<Hash>> of(List<Hash> path) {
    List<List<Hash>> spoiled = new ArrayList<>();
    Hash foreign = Rfc6962.leaf(new byte[] {42});
    spoiled.add(with(path, path.size(), foreign));
    spoiled.add(with(path, 0, foreign));
    for (int i = 0; i < path.size(); i++) {
      List<Hash> shorter = new ArrayList<>(path);
      shorter.remove(i);
      spoiled.add(shorter);
      List<Hash> changed = new ArrayList<>(path);
      changed.set(i, flipped(path.get(i), (i * 37) % 256));
      spoiled.add(changed);
      spoiled.add(with(path, i, path.get(i)));
      if (i > 0) {
        List<Hash> swapped = new ArrayList<>(path);
        Collections.swap(swapped, i - 1, i);
        spoiled.add(swapped);
      }
    }
    return spoiled;
  }

  private static List<Hash> with(List<Hash> path, int index, Hash hash) {
    List<Hash> longer = new ArrayList<>(path);
    longer.add(index, hash);
    return longer;
  }
}
