package org.sillok.consent;

/** A criterion of a provision as it was read, for any request. */
interface Criterion {

  /** The element's name. */
  String element();

  /**
   * @param permit whether the provision is a permit; else a part is enough
   */
  Test bind(Binding binding, boolean permit);

  /**
   * Whether nothing that this one lists lies inside of what an outer one of the same kind covers.
   *
   * @param permit whether this one's provision is a permit
   * @param outerPermit whether the outer one's is
   */
  default boolean isOutside(Criterion outer, boolean permit, boolean outerPermit) {
    return false;
  }
}
