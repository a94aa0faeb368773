package org.sillok.consent;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A provision as it was read.
 *
 * @param type null if it has none
 * @param period null if it has none
 * @param criteria all others
 */
record Provision(
    String path,
    @Nullable Type type,
    @Nullable PeriodCriterion period,
    List<Criterion> criteria,
    List<Provision> children) {

  enum Type {
    PERMIT,
    DENY
  }

  static final String ROOT = "Consent.provision";

  static final Provision EMPTY = new Provision(ROOT, null, null, List.of(), List.of());

  Provision {
    criteria = List.copyOf(criteria);
    children = List.copyOf(children);
  }

  boolean isPermit() {
    return type == Type.PERMIT;
  }
}
