package org.sillok.consent;

import java.util.List;
import java.util.Set;

/**
 * Whether a resource may be shown, and why, §1.8.
 *
 * @param grounds the consents that decided, with what the ledger says of each; none if it was
 *     decided without, which is a denial or a resource that names no patient
 * @param reason one sentence
 * @param obligations labels of the resource that bind whoever gets it, and whoever hands it out:
 *     what cannot be met must not be shown; empty for a denial
 */
public record Decision(Effect effect, List<Ground> grounds, String reason, Set<Code> obligations) {

  /** There are two. */
  public enum Effect {
    PERMIT,
    DENY
  }

  public Decision {
    grounds = List.copyOf(grounds);
    obligations = Set.copyOf(obligations);
  }

  static Decision deny(List<Ground> grounds, String reason) {
    return new Decision(Effect.DENY, grounds, reason, Set.of());
  }

  public boolean permits() {
    return effect == Effect.PERMIT;
  }
}
