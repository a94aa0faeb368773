package org.sillok.consent;

import java.util.Collections;
import java.util.Set;

/**
 * {@code code}: any Coding in the resource.
 *
 * @param unknown whether a concept without a code is listed besides
 */
record CodeCriterion(Set<Code> listed, boolean unknown) implements Criterion, Test {

  CodeCriterion {
    listed = Set.copyOf(listed);
  }

  @Override
  public String element() {
    return "code";
  }

  @Override
  public Test bind(Binding binding, boolean permit) {
    return this;
  }

  @Override
  public Tri in(ResourceFacts resource) {
    return Collections.disjoint(resource.content().codes(), listed)
        ? (unknown ? Tri.U : Tri.F)
        : Tri.T;
  }
}
