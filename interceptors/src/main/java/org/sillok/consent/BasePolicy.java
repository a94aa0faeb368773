package org.sillok.consent;

import java.util.Set;

/**
 * A consent's base rule, §1.3.
 *
 * @param rules the known ones that it names; usually one
 * @param path of the element that names it
 */
record BasePolicy(Set<BaseRule> rules, String path) {

  /** What the rules come to, if they speak of the request at all. */
  enum Kind {
    NONE,
    PERMIT,
    DENY
  }

  BasePolicy {
    rules = Set.copyOf(rules);
  }

  /** Of rules that contradict each other the denying ones. */
  Kind kind() {
    if (rules.isEmpty()) {
      return Kind.NONE;
    }
    return rules.stream().allMatch(BaseRule::isPermit) ? Kind.PERMIT : Kind.DENY;
  }

  boolean contradictsItself() {
    return rules.stream().map(BaseRule::isPermit).distinct().count() > 1;
  }

  /** Whether the rule speaks of the request: a permit if all do, a deny if any does. */
  Tri covers(Binding binding) {
    if (kind() == Kind.PERMIT) {
      return rules.stream().map(rule -> rule.covers(binding)).reduce(Tri.T, Tri::and);
    }
    return rules.stream()
        .filter(rule -> !rule.isPermit())
        .map(rule -> rule.covers(binding))
        .reduce(Tri.F, Tri::or);
  }
}
