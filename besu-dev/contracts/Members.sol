// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Forms} from "./Forms.sol";
import {ICheckpointRegistry} from "./ICheckpointRegistry.sol";
import {IHospitalRegistry} from "./IHospitalRegistry.sol";

/// @title Who is who
/// @notice Hospitals by id and by key, taking one in, and what an owner does alone.
abstract contract Members is IHospitalRegistry {
  bytes32[] private _ids;
  mapping(bytes32 id => Hospital) private _hospitals;
  mapping(address key => bytes32 id) private _serves;
  uint256 private _activeCount;

  /// @inheritdoc IHospitalRegistry
  function suspendSelf(bytes32 id) external {
    Hospital storage own = _ownedBy(msg.sender, id);
    if (!own.active) {
      revert MembershipUnchanged(id, false);
    }
    if (_activeCount == 1) {
      revert LastActiveMember(id);
    }
    _setActive(id, false);
  }

  /// @inheritdoc IHospitalRegistry
  function changeEndpoint(bytes32 id, string calldata name, string calldata fhirBaseUrl) external {
    Forms.requireName(name);
    Forms.requireUrl(fhirBaseUrl);
    Hospital storage own = _ownedBy(msg.sender, id);
    own.name = name;
    own.fhirBaseUrl = fhirBaseUrl;
    emit EndpointChanged(id, name, fhirBaseUrl);
  }

  /// @inheritdoc IHospitalRegistry
  function changePublisher(bytes32 id, address publisher) external {
    Forms.require_(publisher != address(0), "publisher");
    Hospital storage own = _ownedBy(msg.sender, id);
    _requireUnused(publisher);
    delete _serves[own.publisher];
    own.publisher = publisher;
    _serves[publisher] = id;
    emit PublisherChanged(id, publisher);
  }

  /// @inheritdoc IHospitalRegistry
  function changeLogVkey(bytes32 id, string calldata logVkey) external {
    Forms.requireVkey(logVkey);
    _ownedBy(msg.sender, id);
    string memory want = checkpoints().logRecord(id, checkpoints().logCount(id)).origin;
    string memory got = Forms.origin(logVkey);
    if (keccak256(bytes(got)) != keccak256(bytes(want))) {
      revert LogOriginFixed(got, want);
    }
    _setLogVkey(id, logVkey);
  }

  /// @inheritdoc IHospitalRegistry
  function changeTokenKeys(bytes32 id, bytes calldata tokenKeys) external {
    Forms.requireTokenKeys(tokenKeys);
    _ownedBy(msg.sender, id).tokenKeys = tokenKeys;
    emit TokenKeysChanged(id, tokenKeys);
  }

  /// @inheritdoc IHospitalRegistry
  function hospital(bytes32 id) external view returns (Hospital memory) {
    return _hospitals[id];
  }

  /// @inheritdoc IHospitalRegistry
  function hospitalIds() external view returns (bytes32[] memory) {
    return _ids;
  }

  /// @inheritdoc IHospitalRegistry
  function requirePublisher(bytes32 id, address sender) external view {
    _publishedBy(sender, id);
  }

  /// @inheritdoc IHospitalRegistry
  function requireActivePublisher(bytes32 id, address sender) external view {
    _requireActive(_publishedBy(sender, id), id);
  }

  /// @inheritdoc IHospitalRegistry
  function requireRelay(address sender) external view returns (bytes32 id) {
    id = _serves[sender];
    Hospital storage relay = _hospitals[id];
    if (id == 0 || relay.publisher != sender) {
      revert SenderNotPublisher(sender, address(0));
    }
    _requireActive(relay, id);
  }

  /// @inheritdoc IHospitalRegistry
  function checkpoints() public view virtual returns (ICheckpointRegistry);

  function _requireForm(Hospital memory candidate) internal pure {
    Forms.requireHospitalId(candidate.id);
    Forms.requireName(candidate.name);
    Forms.requireUrl(candidate.fhirBaseUrl);
    Forms.require_(candidate.owner != address(0), "owner");
    Forms.require_(candidate.publisher != address(0) && candidate.publisher != candidate.owner, "publisher");
    Forms.requireVkey(candidate.logVkey);
    Forms.requireTokenKeys(candidate.tokenKeys);
    Forms.require_(candidate.active, "active");
  }

  function _requireAdmissible(Hospital memory candidate) internal view {
    if (_hospitals[candidate.id].id != 0) {
      revert HospitalExists(candidate.id);
    }
    _requireUnused(candidate.owner);
    _requireUnused(candidate.publisher);
    checkpoints().requireUnusedOrigin(Forms.origin(candidate.logVkey));
  }

  function _admit(Hospital memory candidate) internal {
    _ids.push(candidate.id);
    _hospitals[candidate.id] = candidate;
    _serves[candidate.owner] = candidate.id;
    _serves[candidate.publisher] = candidate.id;
    _activeCount++;
    emit HospitalAdmitted(candidate.id, candidate);
    checkpoints().openFirst(candidate.id, Forms.origin(candidate.logVkey));
  }

  function _setActive(bytes32 id, bool active) internal {
    _hospitals[id].active = active;
    if (active) {
      _activeCount++;
      emit HospitalReadmitted(id);
    } else {
      _activeCount--;
      emit HospitalSuspended(id);
    }
  }

  function _setOwner(bytes32 id, address owner) internal {
    delete _serves[_hospitals[id].owner];
    _hospitals[id].owner = owner;
    _serves[owner] = id;
    emit OwnerReplaced(id, owner);
  }

  function _setLogVkey(bytes32 id, string memory logVkey) internal {
    _hospitals[id].logVkey = logVkey;
    emit LogVkeyChanged(id, logVkey);
  }

  function _known(bytes32 id) internal view returns (Hospital storage known) {
    known = _hospitals[id];
    if (known.owner == address(0)) {
      revert HospitalUnknown(id);
    }
  }

  function _ownedBy(address sender, bytes32 id) internal view returns (Hospital storage owned) {
    owned = _known(id);
    if (owned.owner != sender) {
      revert SenderNotOwner(sender, owned.owner);
    }
  }

  /// The active hospital whose owner sends.
  function _member(address sender) internal view returns (bytes32 id) {
    id = _serves[sender];
    Hospital storage candidate = _hospitals[id];
    if (id == 0 || candidate.owner != sender || !candidate.active) {
      revert SenderNotMember(sender);
    }
  }

  function _requireActive(Hospital storage known, bytes32 id) internal view {
    if (!known.active) {
      revert HospitalNotActive(id);
    }
  }

  function _requireUnused(address key) internal view {
    if (_serves[key] != 0) {
      revert AddressInUse(key, _serves[key]);
    }
  }

  function _active() internal view returns (uint256) {
    return _activeCount;
  }

  function _allIds() internal view returns (bytes32[] storage) {
    return _ids;
  }

  function _publishedBy(address sender, bytes32 id) private view returns (Hospital storage known) {
    known = _hospitals[id];
    address publisher = known.publisher;
    if (publisher == address(0)) {
      revert HospitalUnknown(id);
    }
    if (publisher != sender) {
      revert SenderNotPublisher(sender, publisher);
    }
  }
}
