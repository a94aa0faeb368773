package org.sillok.consent;

/**
 * Where a patient's consents come from: everything that may speak about them, and what the ledger
 * says of it now, as one state. Thread-safe.
 */
public interface ConsentSource {

  /**
   * @param patient {@code Patient/7}; one that this server does not have gets what denies everybody
   * @throws IllegalArgumentException if {@code patient} has another form
   * @throws RuntimeException if the database or the ledger cannot be read: then nothing is
   *     permitted
   */
  PatientConsents consentsOf(String patient);
}
