package org.sillok.consent;

import java.util.Set;

/**
 * A patient of this server.
 *
 * @param reference {@code Patient/7}
 * @param identifiers those that only this patient has
 */
public record PatientIdentity(String reference, Set<BusinessId> identifiers) {

  public PatientIdentity {
    if (!reference.startsWith("Patient/")) {
      throw new IllegalArgumentException("a patient is Patient/id, got \"" + reference + "\"");
    }
    identifiers = Set.copyOf(identifiers);
  }

  public static PatientIdentity of(String reference) {
    return new PatientIdentity(reference, Set.of());
  }
}
