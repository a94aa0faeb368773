// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CheckpointRegistry} from "../contracts/CheckpointRegistry.sol";
import {ICheckpointRegistry} from "../contracts/ICheckpointRegistry.sol";
import {LedgerRules} from "../contracts/LedgerRules.sol";
import {Fixture} from "./Fixture.sol";
import {NaiveTree} from "./NaiveTree.sol";
import {vm} from "./Vm.sol";

/// A log only grows.
contract CheckpointRegistryTest is Fixture {
  bytes32 private constant SEED = "seoul";
  bytes32 private constant FORGED = "forged";
  NaiveTree private trees;

  function setUp() public {
    _foundThree();
    trees = new NaiveTree();
    vm.roll(100);
  }

  function _root(bytes32 seed, uint64 size) private view returns (bytes32) {
    return trees.root(seed, size, 0, true);
  }

  function _proof(bytes32 seed, uint64 from, uint64 size) private view returns (bytes32[] memory) {
    return from == 0 || from >= size ? new bytes32[](0) : trees.consistency(seed, from, size, true);
  }

  function _publish(bytes32 seed, uint64 from, uint64 size) private returns (uint64) {
    bytes32 root = _root(seed, size);
    bytes32[] memory proof = _proof(seed, from, size);
    vm.prank(_publisher(SEOUL));
    return checkpoints.publish(SEOUL, 1, from, size, root, proof);
  }

  function _refuse(bytes memory refusal, bytes32 seed, uint64 from, uint64 size) private {
    _refuseProof(refusal, from, size, _root(seed, size), _proof(seed, from, size));
  }

  function _refuseProof(bytes memory refusal, uint64 from, uint64 size, bytes32 root, bytes32[] memory proof) private {
    vm.prank(_publisher(SEOUL));
    vm.expectRevert(refusal);
    checkpoints.publish(SEOUL, 1, from, size, root, proof);
  }

  function _assertHead(ICheckpointRegistry.Checkpoint memory got, uint64 size, bytes32 root, uint64 block_)
    private
    pure
  {
    vm.assertEq(got.size, size);
    vm.assertEq(got.root, root);
    vm.assertEq(got.blockNumber, block_);
  }

  function _breakLog(bytes32 root) private {
    vm.prank(_owner(SEOUL));
    uint64 proposal = hospitals.proposeLog(SEOUL, 1, 5, root, _vkey("seoul.example/log2"));
    _vote(BUSAN, proposal);
    _vote(DAEGU, proposal);
    _execute(SEOUL, proposal);
  }

  function test_aLogStartsEmpty() public view {
    ICheckpointRegistry.LogRecord memory log = checkpoints.logRecord(SEOUL, 1);
    vm.assertEq(log.origin, "seoul.example/log");
    vm.assertEq(log.size, 0);
    vm.assertEq(log.root, EMPTY_ROOT);
    vm.assertEq(log.predecessorSize, 0);
    vm.assertEq(log.predecessorRoot, 0);
    vm.assertTrue(log.open);
    vm.assertEq(checkpoints.logCount(SEOUL), 1);
    _assertHead(checkpoints.latest(SEOUL, 1), 0, 0, 0);
  }

  function test_whatIsNotThereReadsAsZeros() public view {
    ICheckpointRegistry.LogRecord memory none;
    vm.assertEq(abi.encode(checkpoints.logRecord(SEOUL, 2)), abi.encode(none));
    vm.assertEq(abi.encode(checkpoints.logRecord(SEOUL, 0)), abi.encode(none));
    vm.assertEq(abi.encode(checkpoints.logRecord(NOWHERE, 1)), abi.encode(none));
    vm.assertEq(checkpoints.logCount(NOWHERE), 0);
    _assertHead(checkpoints.latest(NOWHERE, 1), 0, 0, 0);
    _assertHead(checkpoints.checkpointAt(SEOUL, 1, 0), 0, 0, 0);
    _assertHead(checkpoints.checkpointAt(SEOUL, 1, 7), 0, 0, 0);
  }

  function test_acceptsEveryGrowthAndKeepsEveryHead() public {
    uint64[8] memory sizes = [uint64(1), 2, 3, 7, 8, 64, 65, 100];
    for (uint64 i = 0; i < sizes.length; i++) {
      vm.roll(200 + i);
      vm.expectEmit(address(checkpoints));
      emit ICheckpointRegistry.CheckpointPublished(SEOUL, 1, sizes[i], _root(SEED, sizes[i]));
      vm.assertEq(_publish(SEED, i == 0 ? 0 : sizes[i - 1], sizes[i]), 200 + i);
      _assertHead(checkpoints.latest(SEOUL, 1), sizes[i], _root(SEED, sizes[i]), 200 + i);
    }
    for (uint64 i = 0; i < sizes.length; i++) {
      _assertHead(checkpoints.checkpointAt(SEOUL, 1, sizes[i]), sizes[i], _root(SEED, sizes[i]), 200 + i);
    }
    _assertHead(checkpoints.checkpointAt(SEOUL, 1, 4), 0, 0, 0);
    vm.assertEq(checkpoints.logRecord(SEOUL, 1).root, _root(SEED, 100));
    vm.assertEq(checkpoints.logRecord(BUSAN, 1).size, 0);
  }

  function test_anAcceptedHeadAgainIsNoRefusalAndNothingNew() public {
    _publish(SEED, 0, 5);
    vm.roll(300);
    _publish(SEED, 5, 9);
    vm.roll(400);
    vm.recordLogs();
    vm.assertEq(_publish(SEED, 0, 5), 100);
    vm.assertEq(_publish(SEED, 5, 5), 100);
    vm.assertEq(_publish(SEED, 5, 9), 300);
    vm.assertEq(_publish(SEED, 9, 9), 300);
    vm.assertEq(vm.getRecordedLogs().length, 0);
    _assertHead(checkpoints.latest(SEOUL, 1), 9, _root(SEED, 9), 300);
  }

  function test_logsOfDifferentHospitalsAreApart() public {
    _publish(SEED, 0, 5);
    vm.prank(_publisher(BUSAN));
    checkpoints.publish(BUSAN, 1, 0, 3, "root", new bytes32[](0));
    _assertHead(checkpoints.latest(SEOUL, 1), 5, _root(SEED, 5), 100);
    _assertHead(checkpoints.latest(BUSAN, 1), 3, "root", 100);
  }

  function test_onlyTheHospitalsPublisherPublishes() public {
    bytes32[] memory none = new bytes32[](0);
    address[3] memory senders = [_publisher(BUSAN), _owner(SEOUL), _stranger()];
    for (uint256 i = 0; i < senders.length; i++) {
      vm.prank(senders[i]);
      vm.expectRevert(abi.encodeWithSelector(LedgerRules.SenderNotPublisher.selector, senders[i], _publisher(SEOUL)));
      checkpoints.publish(SEOUL, 1, 0, 5, "root", none);
    }
    vm.prank(_publisher(SEOUL));
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.HospitalUnknown.selector, NOWHERE));
    checkpoints.publish(NOWHERE, 1, 0, 5, "root", none);
    vm.prank(_owner(SEOUL));
    hospitals.changePublisher(SEOUL, _account("fresh"));
    _refuseProof(
      abi.encodeWithSelector(LedgerRules.SenderNotPublisher.selector, _publisher(SEOUL), _account("fresh")),
      0,
      5,
      "root",
      none
    );
  }

  function test_aSuspendedHospitalPublishesNothingNotEvenWhatWasAccepted() public {
    _publish(SEED, 0, 5);
    _suspendSelf(SEOUL);
    bytes memory refusal = abi.encodeWithSelector(LedgerRules.HospitalNotActive.selector, SEOUL);
    _refuse(refusal, SEED, 5, 6);
    _refuse(refusal, SEED, 0, 5);
  }

  function test_refusesALogThatIsNotThere() public {
    bytes32[] memory none = new bytes32[](0);
    uint32[3] memory numbers = [uint32(0), 2, type(uint32).max];
    for (uint256 i = 0; i < numbers.length; i++) {
      vm.prank(_publisher(SEOUL));
      vm.expectRevert(abi.encodeWithSelector(LedgerRules.LogUnknown.selector, SEOUL, numbers[i]));
      checkpoints.publish(SEOUL, numbers[i], 0, 5, "root", none);
    }
  }

  function test_refusesATreeWithoutLeaves() public {
    bytes memory refusal = abi.encodeWithSelector(LedgerRules.CheckpointEmpty.selector);
    _refuseProof(refusal, 0, 0, EMPTY_ROOT, new bytes32[](0));
    _publish(SEED, 0, 5);
    _refuseProof(refusal, 5, 0, EMPTY_ROOT, new bytes32[](0));
  }

  function test_refusesAShrinkingTree() public {
    _publish(SEED, 0, 9);
    _refuse(abi.encodeWithSelector(LedgerRules.CheckpointShrinks.selector, 8, 9), SEED, 0, 8);
    _refuse(abi.encodeWithSelector(LedgerRules.CheckpointShrinks.selector, 1, 9), SEED, 9, 1);
  }

  function test_refusesAnotherRootForAnAcceptedSize() public {
    _publish(SEED, 0, 5);
    _publish(SEED, 5, 9);
    uint64[2] memory sizes = [uint64(5), 9];
    for (uint256 i = 0; i < 2; i++) {
      bytes32 forged = _root(FORGED, sizes[i]);
      bytes32 accepted = _root(SEED, sizes[i]);
      _refuse(
        abi.encodeWithSelector(LedgerRules.CheckpointConflicts.selector, sizes[i], forged, accepted),
        FORGED,
        0,
        sizes[i]
      );
    }
  }

  function test_refusesAProofFromAnotherSize() public {
    _publish(SEED, 0, 5);
    _publish(SEED, 5, 9);
    uint64[4] memory starts = [uint64(0), 5, 8, 10];
    for (uint256 i = 0; i < starts.length; i++) {
      _refuse(abi.encodeWithSelector(LedgerRules.CheckpointStaleSize.selector, starts[i], 9), SEED, starts[i], 12);
    }
  }

  function test_refusesARewrittenHistory() public {
    _publish(SEED, 0, 5);
    bytes memory refusal =
      abi.encodeWithSelector(LedgerRules.ConsistencyProofInvalid.selector, 12, _root(FORGED, 12), 5, _root(SEED, 5));
    _refuse(refusal, FORGED, 5, 12);
    _assertHead(checkpoints.latest(SEOUL, 1), 5, _root(SEED, 5), 100);
    _assertHead(checkpoints.checkpointAt(SEOUL, 1, 12), 0, 0, 0);
  }

  function test_refusesAForgedRootWithTheTrueProof() public {
    _publish(SEED, 0, 5);
    bytes memory refusal =
      abi.encodeWithSelector(LedgerRules.ConsistencyProofInvalid.selector, 12, FORGED, 5, _root(SEED, 5));
    _refuseProof(refusal, 5, 12, FORGED, _proof(SEED, 5, 12));
  }

  function test_refusesAFirstProofThatIsNotEmpty() public {
    bytes memory refusal =
      abi.encodeWithSelector(LedgerRules.ConsistencyProofInvalid.selector, 5, _root(SEED, 5), 0, EMPTY_ROOT);
    _refuseProof(refusal, 0, 5, _root(SEED, 5), new bytes32[](1));
  }

  function test_refusesASizeThatJsonCannotHold() public {
    _refuseProof(_malformed("size"), 0, 2 ** 53, "root", new bytes32[](0));
    vm.expectRevert(_malformed("size"));
    checkpoints.publish(NOWHERE, 1, 0, type(uint64).max, "root", new bytes32[](0));
    vm.prank(_publisher(SEOUL));
    checkpoints.publish(SEOUL, 1, 0, 2 ** 53 - 1, "root", new bytes32[](0));
  }

  function test_aBrokenLogStaysReadableAndClosed() public {
    _publish(SEED, 0, 5);
    bytes32 root = _root(SEED, 5);
    _breakLog(root);
    _assertHead(checkpoints.checkpointAt(SEOUL, 1, 5), 5, root, 100);
    vm.assertEq(_publish(SEED, 0, 5), 100);
    _refuse(abi.encodeWithSelector(LedgerRules.LogClosed.selector, SEOUL, 1), SEED, 5, 6);
    _refuse(abi.encodeWithSelector(LedgerRules.CheckpointShrinks.selector, 4, 5), SEED, 0, 4);
    ICheckpointRegistry.LogRecord memory closed = checkpoints.logRecord(SEOUL, 1);
    vm.assertFalse(closed.open);
    vm.assertEq(closed.size, 5);
    ICheckpointRegistry.LogRecord memory open = checkpoints.logRecord(SEOUL, 2);
    vm.assertEq(open.origin, "seoul.example/log2");
    vm.assertEq(open.predecessorSize, 5);
    vm.assertEq(open.predecessorRoot, root);
    vm.assertEq(open.root, EMPTY_ROOT);
    vm.assertTrue(open.open);
    vm.assertEq(checkpoints.logCount(SEOUL), 2);
  }

  function test_aSuccessorStartsFromNothing() public {
    _publish(SEED, 0, 5);
    _breakLog(_root(SEED, 5));
    vm.prank(_publisher(SEOUL));
    checkpoints.publish(SEOUL, 2, 0, 2, "fresh", new bytes32[](0));
    _assertHead(checkpoints.latest(SEOUL, 2), 2, "fresh", 100);
    _assertHead(checkpoints.latest(SEOUL, 1), 5, _root(SEED, 5), 100);
  }

  function test_nobodyButTheHospitalRegistryOpensLogs() public {
    address[3] memory senders = [_owner(SEOUL), _publisher(SEOUL), address(consents)];
    for (uint256 i = 0; i < senders.length; i++) {
      bytes memory refusal = abi.encodeWithSelector(
        ICheckpointRegistry.CheckpointRegistryForeignCaller.selector, senders[i], address(hospitals)
      );
      vm.prank(senders[i]);
      vm.expectRevert(refusal);
      checkpoints.openFirst(JEJU, "x");
      vm.prank(senders[i]);
      vm.expectRevert(refusal);
      checkpoints.replaceLog(SEOUL, 1, "x");
    }
  }

  function test_saysWhichOriginsAreTaken() public {
    checkpoints.requireUnusedOrigin("jeju.example/log");
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.LogOriginInUse.selector, "busan.example/log", BUSAN, 1));
    checkpoints.requireUnusedOrigin("busan.example/log");
  }

  function test_verifiesInclusionInEveryAcceptedTree() public {
    _publish(SEED, 0, 5);
    _publish(SEED, 5, 9);
    uint64[2] memory sizes = [uint64(5), 9];
    for (uint256 i = 0; i < 2; i++) {
      for (uint64 index = 0; index < sizes[i]; index++) {
        bytes32[] memory path = trees.inclusion(SEED, index, sizes[i], true);
        bytes32 leaf = trees.leaf(SEED, index);
        vm.assertTrue(checkpoints.verifyInclusion(SEOUL, 1, sizes[i], index, leaf, path));
        vm.assertFalse(checkpoints.verifyInclusion(SEOUL, 1, sizes[i], index, FORGED, path));
        vm.assertFalse(checkpoints.verifyInclusion(SEOUL, 1, sizes[i], index + 1, leaf, path));
        vm.assertFalse(checkpoints.verifyInclusion(BUSAN, 1, sizes[i], index, leaf, path));
        vm.assertFalse(checkpoints.verifyInclusion(SEOUL, 2, sizes[i], index, leaf, path));
      }
    }
  }

  function test_nothingIsIncludedInATreeThatWasNotAccepted() public {
    bytes32[] memory none = new bytes32[](0);
    vm.assertFalse(checkpoints.verifyInclusion(SEOUL, 1, 1, 0, 0, none));
    vm.assertFalse(checkpoints.verifyInclusion(SEOUL, 1, 0, 0, EMPTY_ROOT, none));
    vm.prank(_publisher(SEOUL));
    checkpoints.publish(SEOUL, 1, 0, 1, "leaf", none);
    vm.assertTrue(checkpoints.verifyInclusion(SEOUL, 1, 1, 0, "leaf", none));
    vm.assertFalse(checkpoints.verifyInclusion(SEOUL, 1, 2, 0, "leaf", none));
  }

  function test_growsByWhateverSteps(uint8[5] calldata steps) public {
    uint64 size = 0;
    for (uint256 i = 0; i < steps.length; i++) {
      uint64 next = size + 1 + (steps[i] % 40);
      _publish(SEED, size, next);
      size = next;
    }
    vm.assertEq(checkpoints.latest(SEOUL, 1).root, _root(SEED, size));
  }

  function test_refusesForeignLeavesBelowTheAcceptedSize(uint8 a, uint8 b) public {
    uint64 size = 1 + uint64(a % 60);
    uint64 next = size + 1 + (b % 60);
    _publish(SEED, 0, size);
    bytes32 forged = _root(FORGED, next);
    _refuse(
      abi.encodeWithSelector(LedgerRules.ConsistencyProofInvalid.selector, next, forged, size, _root(SEED, size)),
      FORGED,
      size,
      next
    );
  }

  function test_aRegistryOfSomebodyElseOpensNothingHere() public {
    CheckpointRegistry other = new CheckpointRegistry(hospitals);
    vm.prank(_publisher(SEOUL));
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.LogUnknown.selector, SEOUL, 1));
    other.publish(SEOUL, 1, 0, 1, "root", new bytes32[](0));
  }
}
