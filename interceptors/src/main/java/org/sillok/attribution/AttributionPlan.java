package org.sillok.attribution;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sillok.log.ResourceVersion;

/**
 * The Provenances for a stretch of the log, and how far they reach.
 *
 * <p>A request is not torn apart: the plan ends before the first leaf of a request that goes on
 * behind the stretch, unless that is the only way to get on.
 *
 * @param next the first leaf that is left for the next plan
 */
public record AttributionPlan(long next, List<Attribution> attributions) {

  public AttributionPlan {
    attributions = List.copyOf(attributions);
  }

  /**
   * @param leaves in the order of the log; those of our own resources may be missing
   * @param end the leaf behind the stretch
   * @param goOn requests that have entries behind the stretch as well
   * @param most stop at the first opportunity after this many requests
   * @param tear whether to tear a request apart rather than stand still
   */
  public static AttributionPlan of(
      List<Leaf> leaves, long end, Collection<String> goOn, int most, boolean tear) {
    int cut = cleanCut(leaves, goOn, most);
    if (cut == leaves.size() || (cut == 0 && tear)) {
      return new AttributionPlan(end, attributions(leaves));
    }
    return new AttributionPlan(leaves.get(cut).index(), attributions(leaves.subList(0, cut)));
  }

  /** How many leaves from the front hold whole requests only. */
  private static int cleanCut(List<Leaf> leaves, Collection<String> goOn, int most) {
    Map<String, Integer> last = new HashMap<>();
    for (int i = 0; i < leaves.size(); i++) {
      last.put(leaves.get(i).request(), i);
    }
    goOn.forEach(request -> last.put(request, leaves.size()));
    int cut = 0;
    int reach = 0;
    Set<String> requests = new HashSet<>();
    for (int i = 0; i < leaves.size() && (cut < i || requests.size() < most); i++) {
      requests.add(leaves.get(i).request());
      reach = Math.max(reach, last.getOrDefault(leaves.get(i).request(), i));
      if (reach == i) {
        cut = i + 1;
      }
    }
    return cut;
  }

  private record Key(String request, String agent, Activity activity) {}

  private static List<Attribution> attributions(List<Leaf> leaves) {
    Map<Key, List<Leaf>> groups = new LinkedHashMap<>();
    for (Leaf leaf : leaves) {
      Activity.of(leaf.entry())
          .map(activity -> new Key(leaf.request(), leaf.entry().cause().agent(), activity))
          .ifPresent(key -> groups.computeIfAbsent(key, k -> new ArrayList<>()).add(leaf));
    }
    List<Attribution> attributions = new ArrayList<>();
    groups.forEach(
        (key, group) -> {
          for (int from = 0; from < group.size(); from += Attribution.MOST_TARGETS) {
            int to = Math.min(from + Attribution.MOST_TARGETS, group.size());
            attributions.add(attribution(key, group.subList(from, to)));
          }
        });
    return attributions;
  }

  private static Attribution attribution(Key key, List<Leaf> leaves) {
    Set<ResourceVersion> targets = new LinkedHashSet<>();
    Instant recorded = Instant.MIN;
    for (Leaf leaf : leaves) {
      ResourceVersion subject = leaf.entry().subject();
      if (subject != null) {
        targets.add(subject);
      }
      if (leaf.entry().recorded().isAfter(recorded)) {
        recorded = leaf.entry().recorded();
      }
    }
    return new Attribution(
        Attribution.idOf(leaves.get(0).text()),
        key.agent(),
        key.activity(),
        recorded,
        List.copyOf(targets));
  }
}
