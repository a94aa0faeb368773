package org.sillok.consent;

import java.util.Collections;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code securityLabel}, §1.6.
 *
 * @param lowest of the confidentiality codes listed; null if there are none
 * @param highest of them
 * @param others all other labels listed
 * @param unknown whether a label without a code is listed
 */
record LabelCriterion(
    @Nullable Confidentiality lowest,
    @Nullable Confidentiality highest,
    Set<Code> others,
    boolean unknown)
    implements Criterion {

  LabelCriterion {
    others = Set.copyOf(others);
  }

  @Override
  public String element() {
    return "securityLabel";
  }

  @Override
  public Test bind(Binding binding, boolean permit) {
    Confidentiality standard = binding.settings().defaultConfidentiality();
    return permit ? new Permitted(this, standard) : new Denied(this, standard);
  }

  private Tri otherwise(boolean known) {
    return known ? Tri.T : unknown ? Tri.U : Tri.F;
  }

  private boolean covers(Confidentiality level, Set<Code> sensitivities) {
    boolean levelCovered =
        highest == null ? !Collections.disjoint(sensitivities, others) : level.atMost(highest);
    return levelCovered && others.containsAll(sensitivities);
  }

  private boolean touches(Confidentiality level, Set<Code> sensitivities) {
    return (lowest != null && lowest.atMost(level)) || !Collections.disjoint(sensitivities, others);
  }

  private static Confidentiality level(ResourceFacts resource, Confidentiality standard) {
    Confidentiality own = resource.labels().confidentiality();
    return own == null ? standard : own;
  }

  private record Permitted(LabelCriterion listed, Confidentiality standard) implements Test {
    @Override
    public Tri in(ResourceFacts resource) {
      return listed.otherwise(
          listed.covers(level(resource, standard), resource.labels().sensitivities()));
    }
  }

  private record Denied(LabelCriterion listed, Confidentiality standard) implements Test {
    @Override
    public Tri in(ResourceFacts resource) {
      return listed.otherwise(
          listed.touches(level(resource, standard), resource.labels().sensitivities()));
    }

    @Override
    public Tri whole(ResourceFacts resource) {
      boolean every =
          listed.others.isEmpty() || listed.others.containsAll(resource.labels().sensitivities());
      return in(resource).and(listed.otherwise(every));
    }
  }

  /** Each label that is listed, taken as a resource's label. */
  @Override
  public boolean isOutside(Criterion outer, boolean permit, boolean outerPermit) {
    if (!(outer instanceof LabelCriterion other) || unknown || other.unknown) {
      return false;
    }
    return !(levelInside(other, outerPermit)
        || others.stream().anyMatch(label -> inside(label, other, outerPermit)));
  }

  private boolean levelInside(LabelCriterion outer, boolean outerPermit) {
    if (lowest == null || highest == null) {
      return false;
    }
    if (outerPermit) {
      return outer.highest == null || lowest.atMost(outer.highest);
    }
    return outer.lowest == null || outer.lowest.atMost(highest);
  }

  private static boolean inside(Code label, LabelCriterion outer, boolean outerPermit) {
    return outer.others.contains(label) || (!outerPermit && outer.lowest != null);
  }
}
