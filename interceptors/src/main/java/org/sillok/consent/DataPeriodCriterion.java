package org.sillok.consent;

import org.jspecify.annotations.Nullable;

/**
 * {@code dataPeriod}: of when the data are. A permit needs the resource's date contained, all
 * others any overlap.
 *
 * @param span null if it cannot be read
 */
record DataPeriodCriterion(@Nullable DateSpan span) implements Criterion {

  @Override
  public String element() {
    return "dataPeriod";
  }

  @Override
  public Test bind(Binding binding, boolean permit) {
    return span == null ? Test.Constant.of(Tri.U) : new Dated(span, permit);
  }

  private record Dated(DateSpan span, boolean permit) implements Test {

    @Override
    public Tri in(ResourceFacts resource) {
      DateSpan date = resource.date();
      return date == null ? Tri.U : Tri.of(permit ? span.contains(date) : span.overlaps(date));
    }

    @Override
    public Tri whole(ResourceFacts resource) {
      DateSpan date = resource.date();
      return date == null ? Tri.U : Tri.of(span.contains(date));
    }
  }

  @Override
  public boolean isOutside(Criterion outer, boolean permit, boolean outerPermit) {
    return outer instanceof DataPeriodCriterion other
        && span != null
        && other.span != null
        && (permit || outerPermit)
        && !span.overlaps(other.span);
  }
}
