// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICheckpointRegistry} from "../contracts/ICheckpointRegistry.sol";
import {IConsentRegistry} from "../contracts/IConsentRegistry.sol";
import {IHospitalRegistry} from "../contracts/IHospitalRegistry.sol";
import {Actors} from "./Actors.sol";
import {vm} from "./Vm.sol";

/// What holds whatever the actors do: step by step by their book, and all of it at the end of each story.
contract InvariantsTest {
  Actors private actors;
  IHospitalRegistry private hospitals;

  function setUp() public {
    actors = new Actors();
    actors.found();
    hospitals = actors.ledger();
  }

  struct FuzzSelector {
    address target;
    bytes4[] selectors;
  }

  function excludeSelectors() public view returns (FuzzSelector[] memory excluded) {
    excluded = new FuzzSelector[](1);
    excluded[0] = FuzzSelector(address(actors), new bytes4[](1));
    excluded[0].selectors[0] = Actors.found.selector;
  }

  function targetContracts() public view returns (address[] memory targets) {
    targets = new address[](1);
    targets[0] = address(actors);
  }

  function invariant_nothingForbiddenIsAccepted() public view {
    vm.assertEq(actors.wrongDecision(), "");
  }

  function afterInvariant() public {
    _everyAcceptedHeadStaysAndLogsOnlyGrow();
    _consentsAreWhatWasAccepted();
    _membersAreWhoWasDecided();
    _anAddressServesOneHospitalInOneRole();
  }

  function _everyAcceptedHeadStaysAndLogsOnlyGrow() private view {
    uint256 count = actors.headCount();
    for (uint256 i = 0; i < count; i++) {
      (bytes32 hospital, uint32 log, uint64 size, bytes32 root, uint64 blockNumber) = actors.heads(i);
      ICheckpointRegistry.Checkpoint memory kept = hospitals.checkpoints().checkpointAt(hospital, log, size);
      vm.assertEq(kept.size, size);
      vm.assertEq(kept.root, root);
      vm.assertEq(kept.blockNumber, blockNumber);
      vm.assertEq(root, actors.trees().root(actors.seeds(hospital, log), size, 0, true));
      vm.assertTrue(hospitals.checkpoints().latest(hospital, log).size >= size);
    }
  }

  function _consentsAreWhatWasAccepted() private {
    vm.warp(actors.time());
    IConsentRegistry consents = hospitals.consents();
    uint256 count = actors.keyCount();
    for (uint256 i = 0; i < count; i++) {
      (bytes32 custodian, bytes32 id) = actors.keys(i);
      IConsentRegistry.Consent memory consent = consents.consent(custodian, id);
      (bytes32 commitment, address key, uint64 expiry, uint64 version, bool revoked) = actors.entries(custodian, id);
      vm.assertEq(consent.version, version);
      vm.assertEq(consent.commitment, commitment);
      vm.assertEq(consent.patientKey, key);
      vm.assertEq(consent.expiry, expiry);
      vm.assertTrue(revoked == (consent.status == IConsentRegistry.Status.Revoked));
    }
  }

  function _membersAreWhoWasDecided() private view {
    uint256 active = 0;
    for (uint256 i = 0; i < 5; i++) {
      (address owner, bool admitted, bool isActive) = actors.members(actors.all(i));
      IHospitalRegistry.Hospital memory hospital = hospitals.hospital(actors.all(i));
      vm.assertTrue(hospital.active == isActive);
      vm.assertEq(hospital.owner, admitted ? owner : address(0));
      active += isActive ? 1 : 0;
    }
    vm.assertTrue(active > 0, "somebody can still decide");
  }

  function _anAddressServesOneHospitalInOneRole() private view {
    bytes32[] memory ids = hospitals.hospitalIds();
    address[] memory used = new address[](ids.length * 2);
    for (uint256 i = 0; i < ids.length; i++) {
      IHospitalRegistry.Hospital memory hospital = hospitals.hospital(ids[i]);
      used[2 * i] = hospital.owner;
      used[2 * i + 1] = hospital.publisher;
      vm.assertTrue(hospitals.checkpoints().logCount(ids[i]) > 0);
    }
    for (uint256 i = 0; i < used.length; i++) {
      for (uint256 j = 0; j < i; j++) {
        vm.assertTrue(used[i] != used[j]);
      }
    }
  }
}
