package org.sillok.ledger;

import java.util.List;
import java.util.Optional;
import org.sillok.ledger.PatientStatement.Grant;
import org.sillok.ledger.PatientStatement.KeyRegistration;
import org.sillok.ledger.PatientStatement.Revocation;
import org.sillok.merkle.Hash;

/**
 * The consents' state, and announcements of emergencies. {@link Ledger} has the general contract.
 *
 * <p>Either the custodian records and amends a consent, or a patient's key grants it, from the
 * first version to the last. Revocation and expiry are final for an id.
 */
public interface ConsentRegistry {

  /** As it stands at the ledger's present time. */
  Optional<ConsentState> consent(ConsentKey key);

  /** All that a custodian has on the ledger, whatever became of it, as it stands now. */
  List<ConsentState> consents(HospitalId custodian);

  Optional<PatientKey> patientKey(HospitalId custodian, Address key);

  /** Announcements in blocks from {@code block} on, oldest first. */
  List<Emergency> emergenciesSince(long block);

  /**
   * A consent without a patient's key.
   *
   * @param sender publisher of the active custodian
   * @throws LedgerRefusedException by {@code HOSPITAL_UNKNOWN}, {@code SENDER_NOT_PUBLISHER},
   *     {@code HOSPITAL_NOT_ACTIVE}, {@code CONSENT_EXISTS}, {@code EXPIRY_NOT_IN_FUTURE}
   */
  Receipt record(Address sender, ConsentKey key, Hash commitment, Expiry expiry);

  /**
   * Other content or expiry for a consent without a patient's key.
   *
   * @param sender publisher of the active custodian
   * @param version the version that is replaced
   * @throws LedgerRefusedException by {@code HOSPITAL_UNKNOWN}, {@code SENDER_NOT_PUBLISHER},
   *     {@code HOSPITAL_NOT_ACTIVE}, {@code CONSENT_UNKNOWN}, {@code CONSENT_REVOKED}, {@code
   *     CONSENT_EXPIRED}, {@code CONSENT_NEEDS_PATIENT}, {@code CONSENT_STALE_VERSION}, {@code
   *     EXPIRY_NOT_IN_FUTURE}
   */
  Receipt amend(Address sender, ConsentKey key, long version, Hash commitment, Expiry expiry);

  /**
   * Any consent, for ever.
   *
   * @param sender publisher of the custodian, which may be suspended
   * @throws LedgerRefusedException by {@code HOSPITAL_UNKNOWN}, {@code SENDER_NOT_PUBLISHER},
   *     {@code CONSENT_UNKNOWN}, {@code CONSENT_REVOKED}
   */
  Receipt revoke(Address sender, ConsentKey key);

  /**
   * From now on this key grants consents with this custodian.
   *
   * @param sender publisher of the active custodian
   * @throws LedgerRefusedException by {@code HOSPITAL_UNKNOWN}, {@code SENDER_NOT_PUBLISHER},
   *     {@code HOSPITAL_NOT_ACTIVE}, {@code PATIENT_KEY_EXISTS}, {@code SIGNATURE_DEADLINE_PASSED},
   *     {@code SIGNATURE_MALLEABLE}, {@code SIGNATURE_INVALID}, {@code SIGNER_MISMATCH}
   */
  Receipt registerPatientKey(
      Address sender, KeyRegistration registration, PatientSignature signature);

  /**
   * For a key that is lost or stolen; the consents that it granted stay until they are revoked.
   *
   * @param sender publisher of the active custodian
   * @throws LedgerRefusedException by {@code HOSPITAL_UNKNOWN}, {@code SENDER_NOT_PUBLISHER},
   *     {@code HOSPITAL_NOT_ACTIVE}, {@code PATIENT_KEY_UNKNOWN}, {@code PATIENT_KEY_RETIRED}
   */
  Receipt retirePatientKey(Address sender, HospitalId custodian, Address key);

  /**
   * Records or amends a consent that the patient signed.
   *
   * @param sender publisher of any active hospital
   * @throws LedgerRefusedException by {@code SENDER_NOT_PUBLISHER}, {@code HOSPITAL_NOT_ACTIVE},
   *     {@code SIGNATURE_DEADLINE_PASSED}, {@code SIGNATURE_MALLEABLE}, {@code SIGNATURE_INVALID},
   *     {@code PATIENT_KEY_UNKNOWN} (which is also what another domain's signature comes to),
   *     {@code PATIENT_KEY_RETIRED}, {@code CONSENT_HAS_NO_PATIENT_KEY}, {@code SIGNER_MISMATCH},
   *     {@code CONSENT_REVOKED}, {@code CONSENT_EXPIRED}, {@code NONCE_MISMATCH}, {@code
   *     EXPIRY_NOT_IN_FUTURE}
   */
  Receipt grant(Address sender, Grant grant, PatientSignature signature);

  /**
   * Revokes a consent by its patient's key.
   *
   * @param sender anybody
   * @throws LedgerRefusedException by {@code CONSENT_UNKNOWN}, {@code CONSENT_HAS_NO_PATIENT_KEY},
   *     {@code SIGNATURE_MALLEABLE}, {@code SIGNATURE_INVALID}, {@code SIGNER_MISMATCH}, {@code
   *     CONSENT_REVOKED}
   */
  Receipt revokeSigned(Address sender, Revocation revocation, PatientSignature signature);

  /**
   * @param sender publisher of any active hospital
   * @throws LedgerRefusedException by {@code SENDER_NOT_PUBLISHER}, {@code HOSPITAL_NOT_ACTIVE}
   */
  Receipt announceEmergency(Address sender, Hash commitment);
}
