package org.sillok.ledger;

/**
 * A patient's key as a custodian registered it.
 *
 * @param nonce the nonce that the key's next grant must carry
 * @param retired it grants nothing any more; what it revokes still counts
 */
public record PatientKey(HospitalId custodian, Address key, long nonce, boolean retired) {}
