package org.sillok.ledger;

import org.sillok.merkle.Hash;

/**
 * What a patient's key signs, each an EIP-712 struct; {@code eip712.PatientStatements} hashes them.
 */
public sealed interface PatientStatement {

  /** The key belongs to me: {@code RegisterKey(bytes32 custodian,address key,uint64 deadline)}. */
  record KeyRegistration(HospitalId custodian, Address key, Expiry deadline)
      implements PatientStatement {}

  /**
   * I agree to the content behind {@code commitment}, for a new consent or in place of what this id
   * stood for: {@code Grant(bytes32 id,bytes32 custodian,bytes32 commitment,uint64 expiry,uint64
   * nonce,uint64 deadline)}.
   *
   * @param nonce the key's next one with this custodian
   * @param deadline from then on it may no longer be handed in
   */
  record Grant(ConsentKey consent, Hash commitment, Expiry expiry, long nonce, Expiry deadline)
      implements PatientStatement {

    public Grant {
      if (nonce < 0) {
        throw new IllegalArgumentException("nonces count from 0, got " + nonce);
      }
    }
  }

  /**
   * I agree no longer, for ever: {@code Revoke(bytes32 id,bytes32 custodian)}. It carries no nonce
   * and no deadline, because it can take effect only once and nobody may be able to outwait it.
   */
  record Revocation(ConsentKey consent) implements PatientStatement {}
}
