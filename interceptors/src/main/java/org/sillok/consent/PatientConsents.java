package org.sillok.consent;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that the policy of one patient is compiled from.
 *
 * @param consents filed with this patient
 * @param unattributed ids on the ledger, or stored consents, of which it is not known whose they
 *     are: they deny everybody, §1.2
 * @param references what the instances that {@link ConsentRules#relatedInstances} names refer to;
 *     one that is left out is one of which that is not known
 */
public record PatientConsents(
    PatientIdentity patient,
    List<StoredConsent> consents,
    List<StoredConsent> unattributed,
    Map<String, Set<String>> references) {

  public PatientConsents {
    consents = List.copyOf(consents);
    unattributed = List.copyOf(unattributed);
    references = Map.copyOf(references);
  }
}
