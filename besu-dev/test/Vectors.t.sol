// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {HospitalRegistry} from "../contracts/HospitalRegistry.sol";
import {IConsentRegistry} from "../contracts/IConsentRegistry.sol";
import {IHospitalRegistry} from "../contracts/IHospitalRegistry.sol";
import {Signing} from "./Signing.sol";
import {vm} from "./Vm.sol";

/// Signatures that the Java code made, handed in to the contract at the address that they were made for.
contract VectorsTest is Signing {
  string private json;
  bytes32 private id;
  address private patient;

  function setUp() public {
    json = vm.readFile("../provenance-ledger/src/test/resources/org/sillok/ledger/eip712/vectors.json");
    id = vm.parseJsonBytes32(json, ".id");
    patient = vm.parseJsonAddress(json, ".patient");
    vm.chainId(vm.parseJsonUint(json, ".chainId"));
    vm.warp(1_800_000_000);
    IHospitalRegistry.Hospital[] memory founders = new IHospitalRegistry.Hospital[](1);
    founders[0] = _hospital(SEOUL);
    vm.prank(_account("deployer"));
    _adopt(new HospitalRegistry(founders));
  }

  function _terms(string memory name) private view returns (IConsentRegistry.Grant memory) {
    return IConsentRegistry.Grant({
      id: id,
      custodian: SEOUL,
      commitment: vm.parseJsonBytes32(json, string.concat(name, ".commitment")),
      expiry: uint64(vm.parseJsonUint(json, string.concat(name, ".expiry"))),
      nonce: uint64(vm.parseJsonUint(json, string.concat(name, ".nonce"))),
      deadline: uint64(vm.parseJsonUint(json, string.concat(name, ".deadline")))
    });
  }

  function _signature(string memory name) private view returns (bytes memory) {
    return vm.parseJsonBytes(json, string.concat(name, ".signature"));
  }

  function _checkDigest(string memory name, bytes32 structHash) private view {
    vm.assertEq(vm.parseJsonBytes32(json, string.concat(name, ".digest")), _digest(_domain(), structHash));
  }

  function _grant(string memory name) private {
    IConsentRegistry.Grant memory terms = _terms(name);
    _checkDigest(name, _hash(terms));
    vm.prank(_publisher(SEOUL));
    consents.grant(terms, _signature(name));
  }

  function test_theContractTakesWhatTheJavaCodeSigned() public {
    vm.assertEq(address(consents), vm.parseJsonAddress(json, ".verifyingContract"));
    uint64 deadline = uint64(vm.parseJsonUint(json, ".registration.deadline"));
    _checkDigest(".registration", _hashRegister(SEOUL, patient, deadline));
    vm.prank(_publisher(SEOUL));
    consents.registerPatientKey(SEOUL, patient, deadline, _signature(".registration"));
    _grant(".grant");
    vm.assertEq(consents.consent(SEOUL, id).patientKey, patient);
    _grant(".amendment");
    vm.assertEq(consents.consent(SEOUL, id).expiry, NEVER);
    _checkDigest(".revocation", _hashRevoke(SEOUL, id));
    consents.revokeSigned(SEOUL, id, _signature(".revocation"));
    vm.assertEq(uint256(consents.consent(SEOUL, id).status), uint256(IConsentRegistry.Status.Revoked));
  }
}
