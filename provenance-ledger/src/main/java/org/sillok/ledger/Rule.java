package org.sillok.ledger;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The rules by which a ledger refuses a write, the same in every implementation. {@link
 * #errorName()} is the name of the contracts' custom error. {@code docs/ledger.md} has them as a
 * table.
 */
public enum Rule {
  /** No hospital has this id. */
  HOSPITAL_UNKNOWN,
  /** The hospital is suspended. */
  HOSPITAL_NOT_ACTIVE,
  /** A hospital has this id already. */
  HOSPITAL_EXISTS,
  /** The sender is not the hospital's owner key. */
  SENDER_NOT_OWNER,
  /** The sender is no active hospital's owner key. */
  SENDER_NOT_MEMBER,
  /** The sender is not the hospital's publisher key. */
  SENDER_NOT_PUBLISHER,
  /** The address already serves a hospital as owner or publisher. */
  ADDRESS_IN_USE,
  /** The verifier key names another origin than the open log's. */
  LOG_ORIGIN_FIXED,
  /** A log of this origin exists already. */
  LOG_ORIGIN_IN_USE,

  /** No proposal has this number. */
  PROPOSAL_UNKNOWN,
  /** The proposal's time is over. */
  PROPOSAL_EXPIRED,
  /** The proposal was executed before. */
  PROPOSAL_EXECUTED,
  /** The vote is for another motion than the proposal's. */
  PROPOSAL_OTHER_MOTION,
  /** This hospital's present owner key has voted for it already. */
  PROPOSAL_ALREADY_VOTED,
  /** Not more than half of the members active now, by their present owner keys, are for it. */
  PROPOSAL_LACKS_MAJORITY,
  /** Only from three active members up can the others suspend one; with two, only itself. */
  SUSPENSION_NEEDS_THREE,
  /** The last active member cannot be suspended: nobody could undo it. */
  LAST_ACTIVE_MEMBER,
  /** The hospital is suspended already, or active already. */
  MEMBERSHIP_UNCHANGED,

  /** The hospital has no log of this number. */
  LOG_UNKNOWN,
  /** A successor took over; this log accepts nothing more. */
  LOG_CLOSED,
  /** A successor names another last tree head than the ledger's. */
  LOG_HEAD_MISMATCH,
  /** A tree head of no leaves. */
  CHECKPOINT_EMPTY,
  /** The tree is smaller than the accepted one. */
  CHECKPOINT_SHRINKS,
  /** Another root was accepted for this size. */
  CHECKPOINT_CONFLICTS,
  /** The proof starts from another size than the accepted one. */
  CHECKPOINT_STALE_SIZE,
  /** The proof does not show that the new tree extends the accepted one. */
  CONSISTENCY_PROOF_INVALID,

  /** The custodian has no consent of this id. */
  CONSENT_UNKNOWN,
  /** The custodian has used this id. */
  CONSENT_EXISTS,
  /** The consent was revoked: final. */
  CONSENT_REVOKED,
  /** The consent's time is over: final. */
  CONSENT_EXPIRED,
  /** Someone else amended it meanwhile. */
  CONSENT_STALE_VERSION,
  /** Only the patient's key may change this consent. */
  CONSENT_NEEDS_PATIENT,
  /** The consent was recorded without a patient's key, so no key speaks for it. */
  CONSENT_HAS_NO_PATIENT_KEY,
  /** The expiry does not lie in the future. */
  EXPIRY_NOT_IN_FUTURE,

  /** The signature has a high s: someone else could have made it from the real one. */
  SIGNATURE_MALLEABLE,
  /** The signature is none of this curve. */
  SIGNATURE_INVALID,
  /** The signer is not the key that has to sign. */
  SIGNER_MISMATCH,
  /** The signature may no longer be handed in. */
  SIGNATURE_DEADLINE_PASSED,
  /** The grant's nonce is not the key's next one: it was used, or others come first. */
  NONCE_MISMATCH,
  /** The custodian has not registered this key. */
  PATIENT_KEY_UNKNOWN,
  /** The custodian has registered this key before. */
  PATIENT_KEY_EXISTS,
  /** The key was retired: it grants nothing any more. */
  PATIENT_KEY_RETIRED;

  /** For instance {@code CheckpointStaleSize}. */
  public String errorName() {
    return Arrays.stream(name().split("_"))
        .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining());
  }
}
