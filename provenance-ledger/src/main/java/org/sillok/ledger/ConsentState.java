package org.sillok.ledger;

import org.jspecify.annotations.Nullable;
import org.sillok.merkle.Hash;

/**
 * A consent as it stands now.
 *
 * @param commitment to the FHIR Consent's content
 * @param patientKey the only key that amends it; null if the custodian does
 * @param version 1 when recorded, one more with each amendment
 */
public record ConsentState(
    ConsentKey key,
    Hash commitment,
    @Nullable Address patientKey,
    Expiry expiry,
    long version,
    Status status) {

  /** Revocation and expiry are final. */
  public enum Status {
    ACTIVE,
    REVOKED,
    EXPIRED
  }
}
