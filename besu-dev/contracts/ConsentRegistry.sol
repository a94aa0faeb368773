// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Forms} from "./Forms.sol";
import {IConsentRegistry} from "./IConsentRegistry.sol";
import {IHospitalRegistry} from "./IHospitalRegistry.sol";

/// @title The consents' state, and announcements of emergencies
contract ConsentRegistry is IConsentRegistry, EIP712 {
  struct Stored {
    bytes32 commitment;
    address patientKey;
    uint64 expiry;
    uint64 version;
    bool revoked;
  }

  bytes32 private constant REGISTER = keccak256("RegisterKey(bytes32 custodian,address key,uint64 deadline)");
  bytes32 private constant GRANT =
    keccak256("Grant(bytes32 id,bytes32 custodian,bytes32 commitment,uint64 expiry,uint64 nonce,uint64 deadline)");
  bytes32 private constant REVOKE = keccak256("Revoke(bytes32 id,bytes32 custodian)");

  IHospitalRegistry private immutable _hospitals;
  mapping(bytes32 custodian => mapping(bytes32 id => Stored)) private _consents;
  mapping(bytes32 custodian => mapping(address key => PatientKey)) private _keys;

  /// @param hospitals the registry that says who is a custodian
  constructor(IHospitalRegistry hospitals) EIP712("Sillok", "1") {
    _hospitals = hospitals;
  }

  /// @inheritdoc IConsentRegistry
  function record(bytes32 custodian, bytes32 id, bytes32 commitment, uint64 expiry) external {
    Forms.requireExpiry(expiry);
    _hospitals.requireActivePublisher(custodian, msg.sender);
    Stored storage stored = _consents[custodian][id];
    if (stored.version != 0) {
      revert ConsentExists(custodian, id);
    }
    _requireFuture(expiry);
    _write(stored, commitment, expiry);
    emit ConsentRecorded(custodian, id, commitment, expiry);
  }

  /// @inheritdoc IConsentRegistry
  function amend(bytes32 custodian, bytes32 id, uint64 version, bytes32 commitment, uint64 expiry) external {
    Forms.requireExpiry(expiry);
    _hospitals.requireActivePublisher(custodian, msg.sender);
    Stored storage stored = _known(custodian, id);
    _requireStanding(stored, custodian, id);
    if (stored.patientKey != address(0)) {
      revert ConsentNeedsPatient(stored.patientKey);
    }
    if (version != stored.version) {
      revert ConsentStaleVersion(version, stored.version);
    }
    _requireFuture(expiry);
    _write(stored, commitment, expiry);
    emit ConsentAmended(custodian, id, commitment, expiry, stored.version);
  }

  /// @inheritdoc IConsentRegistry
  function revoke(bytes32 custodian, bytes32 id) external {
    _hospitals.requirePublisher(custodian, msg.sender);
    _revoke(_known(custodian, id), custodian, id, false);
  }

  /// @inheritdoc IConsentRegistry
  function registerPatientKey(bytes32 custodian, address key, uint64 deadline, bytes calldata signature) external {
    _hospitals.requireActivePublisher(custodian, msg.sender);
    PatientKey storage stored = _keys[custodian][key];
    if (stored.registered) {
      revert PatientKeyExists(custodian, key);
    }
    _requireInTime(deadline);
    _requireSigner(_signer(keccak256(abi.encode(REGISTER, custodian, key, deadline)), signature), key);
    stored.registered = true;
    emit PatientKeyRegistered(custodian, key);
  }

  /// @inheritdoc IConsentRegistry
  function retirePatientKey(bytes32 custodian, address key) external {
    _hospitals.requireActivePublisher(custodian, msg.sender);
    _usable(custodian, key).retired = true;
    emit PatientKeyTakenOut(custodian, key);
  }

  /// @inheritdoc IConsentRegistry
  function grant(Grant calldata terms, bytes calldata signature) external {
    Forms.requireExpiry(terms.expiry);
    _hospitals.requireRelay(msg.sender);
    _requireInTime(terms.deadline);
    address signer = _signer(keccak256(abi.encode(GRANT, terms)), signature);
    PatientKey storage key = _usable(terms.custodian, signer);
    Stored storage stored = _consents[terms.custodian][terms.id];
    if (stored.version != 0) {
      _requirePatient(stored, terms.custodian, terms.id);
      _requireSigner(signer, stored.patientKey);
      _requireStanding(stored, terms.custodian, terms.id);
    }
    if (terms.nonce != key.nonce) {
      revert NonceMismatch(terms.nonce, key.nonce);
    }
    _requireFuture(terms.expiry);
    key.nonce++;
    stored.patientKey = signer;
    _write(stored, terms.commitment, terms.expiry);
    emit ConsentGranted(terms.custodian, terms.id, signer, terms.commitment, terms.expiry, stored.version, terms.nonce);
  }

  /// @inheritdoc IConsentRegistry
  function revokeSigned(bytes32 custodian, bytes32 id, bytes calldata signature) external {
    Stored storage stored = _known(custodian, id);
    _requirePatient(stored, custodian, id);
    _requireSigner(_signer(keccak256(abi.encode(REVOKE, id, custodian)), signature), stored.patientKey);
    _revoke(stored, custodian, id, true);
  }

  /// @inheritdoc IConsentRegistry
  function announceEmergency(bytes32 commitment) external {
    emit EmergencyAnnounced(_hospitals.requireRelay(msg.sender), commitment);
  }

  /// @inheritdoc IConsentRegistry
  function consent(bytes32 custodian, bytes32 id) external view returns (Consent memory) {
    Stored storage stored = _consents[custodian][id];
    return Consent(stored.commitment, stored.patientKey, stored.expiry, stored.version, _status(stored));
  }

  /// @inheritdoc IConsentRegistry
  function patientKey(bytes32 custodian, address key) external view returns (PatientKey memory) {
    return _keys[custodian][key];
  }

  function _write(Stored storage stored, bytes32 commitment, uint64 expiry) private {
    stored.commitment = commitment;
    stored.expiry = expiry;
    stored.version++;
  }

  function _revoke(Stored storage stored, bytes32 custodian, bytes32 id, bool byPatient) private {
    if (stored.revoked) {
      revert ConsentRevoked(custodian, id);
    }
    stored.revoked = true;
    emit ConsentWithdrawn(custodian, id, byPatient);
  }

  function _known(bytes32 custodian, bytes32 id) private view returns (Stored storage stored) {
    stored = _consents[custodian][id];
    if (stored.version == 0) {
      revert ConsentUnknown(custodian, id);
    }
  }

  function _status(Stored storage stored) private view returns (Status) {
    if (stored.version == 0) {
      return Status.None;
    }
    if (stored.revoked) {
      return Status.Revoked;
    }
    return _isOver(stored.expiry) ? Status.Expired : Status.Active;
  }

  function _requireStanding(Stored storage stored, bytes32 custodian, bytes32 id) private view {
    if (stored.revoked) {
      revert ConsentRevoked(custodian, id);
    }
    if (_isOver(stored.expiry)) {
      revert ConsentExpired(_now(), stored.expiry);
    }
  }

  function _requirePatient(Stored storage stored, bytes32 custodian, bytes32 id) private view {
    if (stored.patientKey == address(0)) {
      revert ConsentHasNoPatientKey(custodian, id);
    }
  }

  function _usable(bytes32 custodian, address key) private view returns (PatientKey storage stored) {
    stored = _keys[custodian][key];
    if (!stored.registered) {
      revert PatientKeyUnknown(custodian, key);
    }
    if (stored.retired) {
      revert PatientKeyRetired(custodian, key);
    }
  }

  function _requireFuture(uint64 expiry) private view {
    if (_isOver(expiry)) {
      revert ExpiryNotInFuture(expiry, _now());
    }
  }

  function _requireInTime(uint64 deadline) private view {
    if (_isOver(deadline)) {
      revert SignatureDeadlinePassed(_now(), deadline);
    }
  }

  /// Who signed; never the zero address, for which OpenZeppelin gives an error.
  function _signer(bytes32 structHash, bytes calldata signature) private view returns (address) {
    (address signer, ECDSA.RecoverError problem, bytes32 detail) =
      ECDSA.tryRecoverCalldata(_hashTypedDataV4(structHash), signature);
    if (problem == ECDSA.RecoverError.InvalidSignatureS) {
      revert SignatureMalleable(detail);
    }
    if (problem != ECDSA.RecoverError.NoError) {
      revert SignatureInvalid();
    }
    return signer;
  }

  function _requireSigner(address got, address want) private pure {
    if (got != want) {
      revert SignerMismatch(got, want);
    }
  }

  function _isOver(uint64 end) private view returns (bool) {
    return _now() >= end;
  }

  function _now() private view returns (uint64) {
    return uint64(block.timestamp);
  }
}
