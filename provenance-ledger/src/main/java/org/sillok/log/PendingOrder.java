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
        sortEachLife(some);
        for (int i = 0; i < some.size(); i++) {
          ordered.set(places.get(i), some.get(i));
        }
      }
    }
    return ordered;
  }

  /** What comes after an expunging belongs to a resource that counts its versions from 1 again. */
  private static void sortEachLife(List<PendingEntry> ofOneResource) {
    int start = 0;
    for (int i = 1; i <= ofOneResource.size(); i++) {
      if (i == ofOneResource.size()
          || (ofOneResource.get(i - 1).isExpunge() && !ofOneResource.get(i).isExpunge())) {
        ofOneResource.subList(start, i).sort(PendingEntry.AS_IT_HAPPENED);
        start = i;
      }
    }
  }
}
