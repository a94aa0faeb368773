package org.sillok.log;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Oldest first, but what belongs to one resource in the order in which it happened: a transaction
 * may have written its entries in another.
 */
final class PendingOrder {

  private PendingOrder() {}

  /** The same entries; those of one resource share out the places that they had. */
  static List<PendingEntry> of(List<PendingEntry> byAge) {
    Map<String, List<Integer>> placesOf = new HashMap<>();
    for (int place = 0; place < byAge.size(); place++) {
      String resource = byAge.get(place).resource();
      if (resource != null) {
        placesOf.computeIfAbsent(resource, key -> new ArrayList<>(1)).add(place);
      }
    }
    List<PendingEntry> ordered = new ArrayList<>(byAge);
    for (List<Integer> places : placesOf.values()) {
      if (places.size() > 1) {
        List<PendingEntry> some = new ArrayList<>(places.stream().map(byAge::get).toList());
        some.sort(PendingEntry.AS_IT_HAPPENED);
        for (int i = 0; i < some.size(); i++) {
          ordered.set(places.get(i), some.get(i));
        }
      }
    }
    return ordered;
  }
}
