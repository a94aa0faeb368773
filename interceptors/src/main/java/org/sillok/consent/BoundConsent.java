package org.sillok.consent;

import org.jspecify.annotations.Nullable;

/**
 * A consent bound to a request: the root's table of §1.4 over its tree.
 *
 * @param permits whether its permits count: its period surely holds, and it is admitted
 * @param outside what holds where the root is F; null if nothing does
 * @param unsure what holds where it cannot be told whether the root matches, unless something
 *     inside counts; null if nothing does
 */
record BoundConsent(
    boolean permits, BoundProvision root, @Nullable Ground outside, @Nullable Ground unsure) {

  @Nullable Ground decide(ResourceFacts resource) {
    Tri in = root.in(resource);
    if (in == Tri.F) {
      return outside != null && outside.permits() && !permits ? null : outside;
    }
    Tri whole = permits ? root.whole(resource) : Tri.U;
    Ground inside = root.decide(resource, whole);
    return inside == null && in == Tri.U ? unsure : inside;
  }
}
