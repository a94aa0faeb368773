// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {HospitalRegistry} from "../contracts/HospitalRegistry.sol";
import {ICheckpointRegistry} from "../contracts/ICheckpointRegistry.sol";
import {IConsentRegistry} from "../contracts/IConsentRegistry.sol";
import {IHospitalRegistry} from "../contracts/IHospitalRegistry.sol";
import {LedgerRules} from "../contracts/LedgerRules.sol";
import {vm} from "./Vm.sol";

/// A ledger and the words that its tests are written in. Keys are made from names.
abstract contract Fixture {
  bytes32 internal constant SEOUL = "seoul";
  bytes32 internal constant BUSAN = "busan";
  bytes32 internal constant DAEGU = "daegu";
  bytes32 internal constant JEJU = "jeju";
  bytes32 internal constant NOWHERE = "nowhere";
  bytes32 internal constant CONTENT = bytes32(uint256(0xc0));
  bytes32 internal constant OTHER_CONTENT = bytes32(uint256(0xc1));
  bytes32 internal constant EMPTY_ROOT = 0xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855;
  uint64 internal constant NEVER = 2 ** 63 - 1;
  uint64 internal constant WEEK = 7 days;

  IHospitalRegistry internal hospitals;
  ICheckpointRegistry internal checkpoints;
  IConsentRegistry internal consents;

  function _found(bytes32[] memory ids) internal {
    vm.warp(1_800_000_000);
    IHospitalRegistry.Hospital[] memory founders = new IHospitalRegistry.Hospital[](ids.length);
    for (uint256 i = 0; i < ids.length; i++) {
      founders[i] = _hospital(ids[i]);
    }
    _adopt(new HospitalRegistry(founders));
  }

  function _adopt(IHospitalRegistry registry) internal {
    hospitals = registry;
    checkpoints = hospitals.checkpoints();
    consents = hospitals.consents();
  }

  function _foundThree() internal {
    _found(_ids(SEOUL, BUSAN, DAEGU));
  }

  function _hospital(bytes32 id) internal pure returns (IHospitalRegistry.Hospital memory) {
    string memory name = _text(id);
    return IHospitalRegistry.Hospital({
      id: id,
      name: string.concat("Hospital of ", name),
      fhirBaseUrl: string.concat("https://", name, ".example/fhir"),
      owner: _owner(id),
      publisher: _publisher(id),
      active: true,
      logVkey: _vkey(string.concat(name, ".example/log")),
      tokenKeys: '{"keys":[]}'
    });
  }

  function _vkey(string memory origin) internal pure returns (string memory) {
    return string.concat(origin, "+0123abcd+AWl4LmV4YW1wbGU=");
  }

  function _secret(string memory name) internal pure returns (uint256) {
    return uint256(keccak256(bytes(name)));
  }

  function _account(string memory name) internal pure returns (address) {
    return vm.addr(_secret(name));
  }

  function _owner(bytes32 id) internal pure returns (address) {
    return _account(string.concat(_text(id), " owner"));
  }

  function _publisher(bytes32 id) internal pure returns (address) {
    return _account(string.concat(_text(id), " publisher"));
  }

  function _stranger() internal pure returns (address) {
    return _account("stranger");
  }

  function _text(bytes32 id) internal pure returns (string memory) {
    uint256 length = 0;
    while (length < 32 && id[length] != 0) {
      length++;
    }
    bytes memory text = new bytes(length);
    for (uint256 i = 0; i < length; i++) {
      text[i] = id[i];
    }
    return string(text);
  }

  function _ids(bytes32 a) internal pure returns (bytes32[] memory ids) {
    ids = new bytes32[](1);
    ids[0] = a;
  }

  function _ids(bytes32 a, bytes32 b) internal pure returns (bytes32[] memory ids) {
    ids = new bytes32[](2);
    (ids[0], ids[1]) = (a, b);
  }

  function _ids(bytes32 a, bytes32 b, bytes32 c) internal pure returns (bytes32[] memory ids) {
    ids = new bytes32[](3);
    (ids[0], ids[1], ids[2]) = (a, b, c);
  }

  function _vote(bytes32 by, uint64 proposal) internal {
    _voteBy(_owner(by), proposal);
  }

  function _voteBy(address owner, uint64 proposal) internal {
    bytes32 motion = _motionHash(proposal);
    vm.prank(owner);
    hospitals.vote(proposal, motion);
  }

  function _refusedVote(bytes memory refusal, bytes32 by, uint64 proposal) internal {
    bytes32 motion = _motionHash(proposal);
    vm.expectRevert(refusal);
    vm.prank(_owner(by));
    hospitals.vote(proposal, motion);
  }

  function _motionHash(uint64 proposal) internal view returns (bytes32) {
    return keccak256(abi.encode(hospitals.proposal(proposal).motion));
  }

  function _execute(bytes32 by, uint64 proposal) internal {
    vm.prank(_owner(by));
    hospitals.execute(proposal);
  }

  function _suspendSelf(bytes32 id) internal {
    vm.prank(_owner(id));
    hospitals.suspendSelf(id);
  }

  function _assertSame(IHospitalRegistry.Hospital memory got, IHospitalRegistry.Hospital memory want) internal pure {
    vm.assertEq(abi.encode(got), abi.encode(want));
  }

  function _malformed(string memory what) internal pure returns (bytes memory) {
    return abi.encodeWithSelector(LedgerRules.ValueMalformed.selector, what);
  }

  function _now() internal view returns (uint64) {
    return uint64(block.timestamp);
  }
}
