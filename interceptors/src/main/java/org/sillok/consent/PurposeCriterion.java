package org.sillok.consent;

import java.util.Collections;
import java.util.Set;

/**
 * {@code purpose}: exact codes of v3-ActReason. A permit needs every asserted purpose, all others
 * any.
 *
 * @param unknown whether something else is listed besides
 */
record PurposeCriterion(Set<String> listed, boolean unknown) implements Criterion {

  PurposeCriterion {
    listed = Set.copyOf(listed);
  }

  @Override
  public String element() {
    return "purpose";
  }

  @Override
  public Test bind(Binding binding, boolean permit) {
    Set<String> asserted = binding.request().purposes();
    if (asserted.isEmpty()) {
      return Test.Constant.of(Tri.U);
    }
    Tri every = otherwise(listed.containsAll(asserted));
    Tri any = otherwise(!Collections.disjoint(listed, asserted));
    return new Test.Constant(permit ? every : any, every);
  }

  private Tri otherwise(boolean known) {
    return known ? Tri.T : unknown ? Tri.U : Tri.F;
  }

  @Override
  public boolean isOutside(Criterion outer, boolean permit, boolean outerPermit) {
    return outer instanceof PurposeCriterion other
        && !unknown
        && !other.unknown
        && (permit || outerPermit)
        && Collections.disjoint(listed, other.listed);
  }
}
