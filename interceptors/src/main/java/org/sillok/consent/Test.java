package org.sillok.consent;

/** A criterion bound to a request: what remains depends on the resource only. */
interface Test {

  Tri in(ResourceFacts resource);

  /**
   * Whether all of the request and the resource lies inside, where {@link #in} of a deny is content
   * with a part, §1.5. Never more than {@link #in}.
   */
  default Tri whole(ResourceFacts resource) {
    return in(resource);
  }

  /** A test that the request alone decides. */
  record Constant(Tri in, Tri whole) implements Test {

    static Constant of(Tri value) {
      return new Constant(value, value);
    }

    @Override
    public Tri in(ResourceFacts resource) {
      return in;
    }

    @Override
    public Tri whole(ResourceFacts resource) {
      return whole;
    }
  }
}
