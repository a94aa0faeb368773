// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title The rules by which the ledger refuses a write
/// @notice Named as in the Java enum `org.sillok.ledger.Rule`. What came stands before what is wanted. All three
/// registries inherit it, so that each one's ABI decodes every refusal, also one that a sister contract made.
interface LedgerRules {
  /// @notice No hospital has this id.
  error HospitalUnknown(bytes32 hospital);
  /// @notice The hospital is suspended.
  error HospitalNotActive(bytes32 hospital);
  /// @notice A hospital has this id already.
  error HospitalExists(bytes32 hospital);
  /// @notice The sender is not the hospital's owner key.
  error SenderNotOwner(address got, address want);
  /// @notice The sender is no active hospital's owner key.
  error SenderNotMember(address got);
  /// @notice The sender is not the hospital's publisher key; `want` is zero where any hospital's would do.
  error SenderNotPublisher(address got, address want);
  /// @notice The address already serves a hospital as owner or publisher.
  error AddressInUse(address got, bytes32 hospital);
  /// @notice The verifier key names another origin than the open log's.
  error LogOriginFixed(string got, string want);
  /// @notice A log of this origin exists already.
  error LogOriginInUse(string got, bytes32 hospital, uint32 log);

  /// @notice No proposal has this number.
  error ProposalUnknown(uint64 number);
  /// @notice The proposal's time is over.
  error ProposalExpired(uint64 time, uint64 expires);
  /// @notice The proposal was executed before.
  error ProposalExecuted(uint64 number);
  /// @notice The vote is for another motion than the proposal's; both as `keccak256(abi.encode(motion))`.
  error ProposalOtherMotion(bytes32 got, bytes32 want);
  /// @notice This hospital's present owner key has voted for it already.
  error ProposalAlreadyVoted(uint64 number, bytes32 hospital);
  /// @notice Not more than half of the members active now, by their present owner keys, are for it.
  error ProposalLacksMajority(uint256 votes, uint256 members);
  /// @notice Only from three active members up can the others suspend one; with two, only itself.
  error SuspensionNeedsThree(uint256 members);
  /// @notice The last active member cannot be suspended: nobody could undo it.
  error LastActiveMember(bytes32 hospital);
  /// @notice The hospital is suspended already, or active already.
  error MembershipUnchanged(bytes32 hospital, bool active);

  /// @notice The hospital has no log of this number.
  error LogUnknown(bytes32 hospital, uint32 log);
  /// @notice A successor took over; this log accepts nothing more.
  error LogClosed(bytes32 hospital, uint32 log);
  /// @notice A successor names another last tree head than the ledger's.
  error LogHeadMismatch(uint64 gotSize, bytes32 gotRoot, uint64 wantSize, bytes32 wantRoot);
  /// @notice A tree head of no leaves.
  error CheckpointEmpty();
  /// @notice The tree is smaller than the accepted one.
  error CheckpointShrinks(uint64 got, uint64 newest);
  /// @notice Another root was accepted for this size.
  error CheckpointConflicts(uint64 size, bytes32 got, bytes32 want);
  /// @notice The proof starts from another size than the accepted one.
  error CheckpointStaleSize(uint64 got, uint64 want);
  /// @notice The proof does not show that the new tree extends the accepted one.
  error ConsistencyProofInvalid(uint64 gotSize, bytes32 gotRoot, uint64 oldSize, bytes32 oldRoot);

  /// @notice The custodian has no consent of this id.
  error ConsentUnknown(bytes32 custodian, bytes32 id);
  /// @notice The custodian has used this id.
  error ConsentExists(bytes32 custodian, bytes32 id);
  /// @notice The consent was revoked: final.
  error ConsentRevoked(bytes32 custodian, bytes32 id);
  /// @notice The consent's time is over: final.
  error ConsentExpired(uint64 time, uint64 expiry);
  /// @notice Someone else amended it meanwhile.
  error ConsentStaleVersion(uint64 got, uint64 want);
  /// @notice Only the patient's key may change this consent.
  error ConsentNeedsPatient(address patientKey);
  /// @notice The consent was recorded without a patient's key, so no key speaks for it.
  error ConsentHasNoPatientKey(bytes32 custodian, bytes32 id);
  /// @notice The expiry does not lie in the future.
  error ExpiryNotInFuture(uint64 expiry, uint64 time);

  /// @notice The signature has a high s: someone else could have made it from the real one.
  error SignatureMalleable(bytes32 s);
  /// @notice The signature is none of this curve.
  error SignatureInvalid();
  /// @notice The signer is not the key that has to sign.
  error SignerMismatch(address got, address want);
  /// @notice The signature may no longer be handed in.
  error SignatureDeadlinePassed(uint64 time, uint64 deadline);
  /// @notice The grant's nonce is not the key's next one: it was used, or others come first.
  error NonceMismatch(uint64 got, uint64 want);
  /// @notice The custodian has not registered this key.
  error PatientKeyUnknown(bytes32 custodian, address key);
  /// @notice The custodian has registered this key before.
  error PatientKeyExists(bytes32 custodian, address key);
  /// @notice The key was retired: it grants nothing any more.
  error PatientKeyRetired(bytes32 custodian, address key);

  /// @notice No value of the ledger has this form. Not a rule of the ledger: the Java types cannot even express such a
  /// value, and a well-behaved client never sends one. Without it a member could write what no reader can read.
  /// @param what the value's name
  error ValueMalformed(string what);
}
