package org.sillok.consent;

import org.jspecify.annotations.Nullable;

/**
 * {@code period}: when the provision holds.
 *
 * @param span null if it cannot be read
 */
record PeriodCriterion(@Nullable DateSpan span) implements Criterion {

  @Override
  public String element() {
    return "period";
  }

  @Override
  public Test bind(Binding binding, boolean permit) {
    return Test.Constant.of(value(binding.request()));
  }

  Tri value(AccessRequest request) {
    return span == null ? Tri.U : Tri.of(span.contains(request.at()));
  }

  @Override
  public boolean isOutside(Criterion outer, boolean permit, boolean outerPermit) {
    return outer instanceof PeriodCriterion other
        && span != null
        && other.span != null
        && !span.overlaps(other.span);
  }
}
