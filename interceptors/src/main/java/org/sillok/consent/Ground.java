package org.sillok.consent;

import org.jspecify.annotations.Nullable;

/**
 * One consent's part in a decision.
 *
 * @param consent the stored version, {@code Consent/7/_history/2}; for an id on the ledger without
 *     content that id
 * @param path of the element that decided, {@code Consent.provision.provision[1]}
 * @param effect what it came to
 * @param ledger what the ledger says of the consent; null if nothing, and then it does not permit
 */
public record Ground(String consent, String path, Effect effect, @Nullable LedgerFact ledger) {

  /** What a consent may come to. */
  public enum Effect {
    PERMIT("permits"),
    DENY("denies"),
    /** It cannot be told, which counts as a deny. */
    INDETERMINATE("may deny");

    private final String verb;

    Effect(String verb) {
      this.verb = verb;
    }
  }

  boolean permits() {
    return effect == Effect.PERMIT;
  }

  @Override
  public String toString() {
    return consent + " " + effect.verb + " it (" + path + ")";
  }
}
