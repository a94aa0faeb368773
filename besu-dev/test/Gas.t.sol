// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IHospitalRegistry} from "../contracts/IHospitalRegistry.sol";
import {Fixture} from "./Fixture.sol";
import {NaiveTree} from "./NaiveTree.sol";
import {vm} from "./Vm.sol";

/// What transactions cost: each call is one of its own, with its data. The figures are committed under snapshots/.
/// forge-config: default.isolate = true
contract GasTest is Fixture {
  bytes32 private constant SEED = "gas";
  NaiveTree private trees;

  function setUp() public {
    _foundThree();
    trees = new NaiveTree();
  }

  function _publish(uint64 from, uint64 size, uint256 proofLength, string memory name) private {
    bytes32 oldRoot = trees.root(SEED, from, from, false);
    vm.prank(_publisher(SEOUL));
    checkpoints.publish(SEOUL, 1, 0, from, oldRoot, new bytes32[](0));
    bytes32[] memory proof = trees.consistency(SEED, from, size, false);
    vm.assertEq(proof.length, proofLength, "hashes in the proof");
    bytes32 newRoot = trees.root(SEED, size, from, false);
    vm.prank(_publisher(SEOUL));
    checkpoints.publish(SEOUL, 1, from, size, newRoot, proof);
    vm.assertLe(vm.snapshotGasLastCall("publish", name), 130_000, name);
  }

  function test_publishFirst() public {
    bytes32 root = trees.root(SEED, 1_000_000, 0, false);
    vm.prank(_publisher(SEOUL));
    checkpoints.publish(SEOUL, 1, 0, 1_000_000, root, new bytes32[](0));
    vm.snapshotGasLastCall("publish", "first head");
  }

  function test_publishWith17Hashes() public {
    _publish(1_000_001, 1_000_501, 17, "17 hashes at 1000001");
  }

  function test_publishWith18Hashes() public {
    _publish(999_999, 1_001_999, 18, "18 hashes at 999999");
  }

  /// Nearly all siblings on the left, where both roots have to be followed: the dearest tree of its size.
  function test_publishWith22Hashes() public {
    _publish(1_048_575, 1_048_675, 22, "22 hashes at 1048575");
  }

  function test_publishWith22HashesAndTwiceAsManyLeaves() public {
    _publish(1_048_575, 2_048_575, 22, "22 hashes at 1048575 to 2048575");
  }

  function test_publishAgain() public {
    _publish(1_048_575, 1_048_675, 22, "22 hashes at 1048575");
    bytes32 root = checkpoints.latest(SEOUL, 1).root;
    vm.prank(_publisher(SEOUL));
    checkpoints.publish(SEOUL, 1, 1_048_675, 1_048_675, root, new bytes32[](0));
    vm.snapshotGasLastCall("publish", "again");
  }

  /// The light chain's blocks hold 30 million.
  function test_theLargestCandidateFitsIntoABlock() public {
    IHospitalRegistry.Hospital memory jeju = _hospital(JEJU);
    jeju.tokenKeys = new bytes(16_384);
    for (uint256 i = 0; i < jeju.tokenKeys.length; i++) {
      jeju.tokenKeys[i] = "x";
    }
    vm.prank(_owner(SEOUL));
    uint64 proposal = hospitals.proposeAdmission(jeju);
    vm.assertLe(vm.snapshotGasLastCall("members", "propose the largest candidate"), 30_000_000, "propose");
    _vote(BUSAN, proposal);
    vm.snapshotGasLastCall("members", "vote");
    _execute(SEOUL, proposal);
    vm.assertLe(vm.snapshotGasLastCall("members", "admit the largest candidate"), 30_000_000, "execute");
  }

  function test_record() public {
    vm.prank(_publisher(SEOUL));
    consents.record(SEOUL, keccak256("id"), keccak256("content"), _now() + 365 days);
    vm.assertLe(vm.snapshotGasLastCall("consents", "record"), 170_000, "record");
    vm.prank(_publisher(SEOUL));
    consents.revoke(SEOUL, keccak256("id"));
    vm.assertLe(vm.snapshotGasLastCall("consents", "revoke"), 70_000, "revoke");
  }
}
