package org.sillok.consent;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A consent with all that is known of it: one lineage of versions and one id on the ledger.
 *
 * @param name {@code Consent/7}; for an id on the ledger without a consent here, that id
 * @param ledger null if the ledger has never had it
 * @param versions as stored, newest first; those before the one that the ledger has may be left out
 * @param patientSigns whether the patient has a key with this custodian, so that only what it
 *     signed permits
 */
public record StoredConsent(
    String name, @Nullable LedgerFact ledger, List<StoredVersion> versions, boolean patientSigns) {

  public StoredConsent {
    versions = List.copyOf(versions);
    if (ledger == null && versions.isEmpty()) {
      throw new IllegalArgumentException(
          "a consent has a stored version or is on the ledger, got neither for " + name);
    }
  }
}
