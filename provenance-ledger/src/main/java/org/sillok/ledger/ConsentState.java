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

  public ConsentState amended(Hash newCommitment, Expiry newExpiry) {
    return new ConsentState(key, newCommitment, patientKey, newExpiry, version + 1, status);
  }

  public ConsentState withStatus(Status now) {
    return new ConsentState(key, commitment, patientKey, expiry, version, now);
  }
}
