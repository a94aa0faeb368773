package org.sillok.gate;

import java.util.Iterator;
import java.util.List;

/** The parameter {@code _count}. */
final class Count {

  private Count() {}

  /** Takes it out; more than the most is the most. */
  static int take(List<Parameter> parameters) {
    int count = 0;
    for (Iterator<Parameter> each = parameters.iterator(); each.hasNext(); ) {
      Parameter parameter = each.next();
      if (parameter.name().equals("_count")) {
        if (count != 0 || !parameter.value().matches("[1-9][0-9]{0,5}")) {
          throw new RefusedException("_count is there once, and at least 1.");
        }
        count = Math.min(Shapes.MOST, Integer.parseInt(parameter.value()));
        each.remove();
      }
    }
    return count == 0 ? Shapes.DEFAULT_COUNT : count;
  }
}
