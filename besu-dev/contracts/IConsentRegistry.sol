// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LedgerRules} from "./LedgerRules.sol";

/// @title The consents' state, and announcements of emergencies
/// @notice Either the custodian records and amends a consent, or a patient's key grants it, from the first version to
/// the last. Revocation and expiry are final for an id. Nothing here identifies a person: ids are random, commitments
/// need a secret nonce to be opened, and a patient has another key with each custodian. Each function names its
/// refusals in the order in which they are checked; an expiry without form is refused before them by `ValueMalformed`.
/// Times are seconds since 1970; what ends at t is over in second t; 2^63 - 1 is never. Views answer zeros for what is
/// not there and never revert.
interface IConsentRegistry is LedgerRules {
  /// @notice Where a consent stands at the block's time. Revocation and expiry are final.
  enum Status {
    None,
    Active,
    Revoked,
    Expired
  }

  /// @notice A consent.
  /// @param commitment to the FHIR Consent's content
  /// @param patientKey the only key that amends it; zero if the custodian does
  /// @param expiry second from which on it is over
  /// @param version 1 when recorded, one more with each amendment; 0 if there is none
  /// @param status at the block's time
  struct Consent {
    bytes32 commitment;
    address patientKey;
    uint64 expiry;
    uint64 version;
    Status status;
  }

  /// @notice A patient's key as a custodian registered it.
  /// @param registered true once it was registered, also when retired since
  /// @param retired it grants nothing any more; what it revokes still counts
  /// @param nonce the nonce that the key's next grant must carry
  struct PatientKey {
    bool registered;
    bool retired;
    uint64 nonce;
  }

  /// @notice What a patient signs to agree, as EIP-712 struct
  /// `Grant(bytes32 id,bytes32 custodian,bytes32 commitment,uint64 expiry,uint64 nonce,uint64 deadline)`.
  /// @param nonce the key's next one with this custodian
  /// @param deadline second from which on it may no longer be handed in
  struct Grant {
    bytes32 id;
    bytes32 custodian;
    bytes32 commitment;
    uint64 expiry;
    uint64 nonce;
    uint64 deadline;
  }

  /// @notice The custodian recorded a consent without a patient's key, as version 1.
  event ConsentRecorded(bytes32 indexed custodian, bytes32 indexed id, bytes32 commitment, uint64 expiry);
  /// @notice The custodian amended a consent without a patient's key.
  event ConsentAmended(
    bytes32 indexed custodian, bytes32 indexed id, bytes32 commitment, uint64 expiry, uint64 version
  );
  /// @notice A patient's key granted or amended a consent; the key's next nonce is `nonce` + 1.
  event ConsentGranted(
    bytes32 indexed custodian,
    bytes32 indexed id,
    address indexed patientKey,
    bytes32 commitment,
    uint64 expiry,
    uint64 version,
    uint64 nonce
  );
  /// @notice A consent was revoked, by the custodian or by the patient's key.
  event ConsentWithdrawn(bytes32 indexed custodian, bytes32 indexed id, bool byPatient);
  /// @notice A patient's key grants consents with this custodian from now on.
  event PatientKeyRegistered(bytes32 indexed custodian, address indexed patientKey);
  /// @notice A patient's key grants nothing any more.
  event PatientKeyTakenOut(bytes32 indexed custodian, address indexed patientKey);
  /// @notice Somebody broke the glass; what and for whom is behind the commitment.
  event EmergencyAnnounced(bytes32 indexed hospital, bytes32 commitment);

  /// @notice Records a consent without a patient's key; sent by the custodian's publisher.
  /// @dev HospitalUnknown, SenderNotPublisher, HospitalNotActive, ConsentExists, ExpiryNotInFuture.
  function record(bytes32 custodian, bytes32 id, bytes32 commitment, uint64 expiry) external;

  /// @notice Other content or expiry for a consent without a patient's key; sent by the custodian's publisher.
  /// @dev HospitalUnknown, SenderNotPublisher, HospitalNotActive, ConsentUnknown, ConsentRevoked, ConsentExpired,
  /// ConsentNeedsPatient, ConsentStaleVersion, ExpiryNotInFuture.
  /// @param version the version that is replaced
  function amend(bytes32 custodian, bytes32 id, uint64 version, bytes32 commitment, uint64 expiry) external;

  /// @notice Revokes any consent of its own, for ever; sent by the custodian's publisher, who may be suspended.
  /// @dev HospitalUnknown, SenderNotPublisher, ConsentUnknown, ConsentRevoked.
  function revoke(bytes32 custodian, bytes32 id) external;

  /// @notice From now on this key grants consents with this custodian; sent by the custodian's publisher.
  /// @dev HospitalUnknown, SenderNotPublisher, HospitalNotActive, PatientKeyExists, SignatureDeadlinePassed,
  /// SignatureMalleable, SignatureInvalid, SignerMismatch.
  /// @param signature r, s, v of `RegisterKey(bytes32 custodian,address key,uint64 deadline)` by the key itself
  function registerPatientKey(bytes32 custodian, address key, uint64 deadline, bytes calldata signature) external;

  /// @notice Takes a lost or stolen key out of use; the consents that it granted stay until they are revoked.
  /// @dev HospitalUnknown, SenderNotPublisher, HospitalNotActive, PatientKeyUnknown, PatientKeyRetired.
  function retirePatientKey(bytes32 custodian, address key) external;

  /// @notice Records or amends a consent that the patient signed; sent by any active hospital's publisher.
  /// @dev SenderNotPublisher, HospitalNotActive, SignatureDeadlinePassed, SignatureMalleable, SignatureInvalid,
  /// PatientKeyUnknown (what a signature for other content, chain or contract comes to), PatientKeyRetired,
  /// ConsentHasNoPatientKey, SignerMismatch, ConsentRevoked, ConsentExpired, NonceMismatch, ExpiryNotInFuture.
  /// @param signature r, s, v of `terms`
  function grant(Grant calldata terms, bytes calldata signature) external;

  /// @notice Revokes a consent by its patient's key, for ever; sent by anybody.
  /// @dev ConsentUnknown, ConsentHasNoPatientKey, SignatureMalleable, SignatureInvalid, SignerMismatch, ConsentRevoked.
  /// @param signature r, s, v of `Revoke(bytes32 id,bytes32 custodian)`
  function revokeSigned(bytes32 custodian, bytes32 id, bytes calldata signature) external;

  /// @notice Announces that somebody broke the glass; sent by any active hospital's publisher.
  /// @dev SenderNotPublisher, HospitalNotActive.
  function announceEmergency(bytes32 commitment) external;

  /// @notice The consent as it stands at the block's time; zeros if there is none.
  function consent(bytes32 custodian, bytes32 id) external view returns (Consent memory);

  /// @notice The patient's key; zeros if the custodian never registered it.
  function patientKey(bytes32 custodian, address key) external view returns (PatientKey memory);
}
