package org.sillok.consent;

import java.util.ArrayList;
import java.util.List;

/** Finds provisions that can never apply, because an outer one does not reach that far, §1.5. */
final class Reachability {

  private final List<Limitation> limitations;

  private Reachability(List<Limitation> limitations) {
    this.limitations = limitations;
  }

  static void report(Provision root, List<Limitation> limitations) {
    new Reachability(limitations).descend(root, List.of());
  }

  private void descend(Provision provision, List<Provision> outer) {
    outer.stream()
        .flatMap(wide -> criteria(wide).stream().map(criterion -> new Outer(wide, criterion)))
        .forEach(wide -> compare(provision, wide));
    List<Provision> next = new ArrayList<>(outer);
    next.add(provision);
    provision.children().forEach(child -> descend(child, next));
  }

  private record Outer(Provision provision, Criterion criterion) {}

  private void compare(Provision provision, Outer outer) {
    for (Criterion criterion : criteria(provision)) {
      if (criterion.isOutside(
          outer.criterion(), provision.isPermit(), outer.provision().isPermit())) {
        limitations.add(
            new Limitation(
                provision.path(),
                "can never apply: its "
                    + criterion.element()
                    + " lies outside of that of "
                    + outer.provision().path()));
      }
    }
  }

  private static List<Criterion> criteria(Provision provision) {
    List<Criterion> all = new ArrayList<>(provision.criteria());
    if (provision.period() != null) {
      all.add(provision.period());
    }
    return all;
  }
}
