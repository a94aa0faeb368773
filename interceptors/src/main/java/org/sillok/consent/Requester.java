package org.sillok.consent;

import java.util.HashSet;
import java.util.Set;
import org.sillok.ledger.HospitalId;

/**
 * Who asks, as its token says.
 *
 * @param hospital whose key signed the token's assertion
 * @param organization identifiers that are the hospital's beyond doubt, never ones that it merely
 *     claims; its id on the ledger is always one of them
 * @param practitioner identifiers of the one person on whose behalf it asks, as the hospital
 *     answers for them; empty if it names none
 * @param roles in which that person acts; empty if it names none
 */
public record Requester(
    HospitalId hospital,
    Set<BusinessId> organization,
    Set<BusinessId> practitioner,
    Set<Code> roles) {

  /**
   * @throws IllegalArgumentException if an identifier is another hospital's id on the ledger
   */
  public Requester {
    Set<BusinessId> all = new HashSet<>(organization);
    all.add(BusinessId.of(hospital));
    if (all.stream().filter(id -> id.system().equals(BusinessId.HOSPITAL)).count() > 1) {
      throw new IllegalArgumentException(
          "a requester is one hospital, got " + hospital + " and " + organization);
    }
    organization = Set.copyOf(all);
    practitioner = Set.copyOf(practitioner);
    roles = Set.copyOf(roles);
  }

  /** A hospital that names no person. */
  public static Requester of(HospitalId hospital) {
    return new Requester(hospital, Set.of(), Set.of(), Set.of());
  }
}
