package org.sillok.consent;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A provision bound to a request.
 *
 * @param constant the criteria that the request decides, together
 * @param tests the others
 * @param ground what it comes to by itself; null for a base rule that does not speak of the request
 * @param children without those that can no longer match
 */
record BoundProvision(
    Test.Constant constant,
    List<Test> tests,
    @Nullable Ground ground,
    List<BoundProvision> children) {

  Tri in(ResourceFacts resource) {
    Tri value = constant.in();
    for (int i = 0; i < tests.size() && value != Tri.F; i++) {
      value = value.and(tests.get(i).in(resource));
    }
    return value;
  }

  Tri whole(ResourceFacts resource) {
    Tri value = constant.whole();
    for (int i = 0; i < tests.size() && value != Tri.F; i++) {
      value = value.and(tests.get(i).whole(resource));
    }
    return value;
  }

  /**
   * What the provision and those in it come to, §1.5; null if neither a permit nor a deny counts.
   *
   * @param whole of the path down to and with this one: a permit counts if it is T. That no
   *     provision on the path is F is the caller's business, and enough for a deny
   */
  @Nullable Ground decide(ResourceFacts resource, Tri whole) {
    Ground permit = null;
    for (int i = 0; i < children.size(); i++) {
      BoundProvision child = children.get(i);
      if (child.in(resource) == Tri.F) {
        continue;
      }
      Tri deeper = whole == Tri.T ? child.whole(resource) : whole;
      Ground found = child.decide(resource, deeper);
      if (found != null && !found.permits()) {
        return found;
      }
      permit = permit == null ? found : permit;
    }
    if (permit != null) {
      return permit;
    }
    return ground != null && ground.permits() && whole != Tri.T ? null : ground;
  }
}
