package org.sillok.consent;

/**
 * {@code action}, of which reading is the only one that is decided here.
 *
 * @param reading T if {@code access} or {@code disclose} is listed, F if only others are
 */
record ActionCriterion(Tri reading) implements Criterion {

  @Override
  public String element() {
    return "action";
  }

  @Override
  public Test bind(Binding binding, boolean permit) {
    return Test.Constant.of(reading);
  }
}
