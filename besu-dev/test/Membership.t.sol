// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICheckpointRegistry} from "../contracts/ICheckpointRegistry.sol";
import {IHospitalRegistry} from "../contracts/IHospitalRegistry.sol";
import {LedgerRules} from "../contracts/LedgerRules.sol";
import {Fixture} from "./Fixture.sol";
import {vm} from "./Vm.sol";

/// What the members decide together.
contract MembershipTest is Fixture {
  bytes32 private constant ULSAN = "ulsan";
  bytes32 private constant GWANGJU = "gwangju";

  function setUp() public {
    _foundThree();
  }

  function _foundFive() private {
    bytes32[] memory ids = new bytes32[](5);
    (ids[0], ids[1], ids[2], ids[3], ids[4]) = (SEOUL, BUSAN, DAEGU, JEJU, ULSAN);
    _found(ids);
  }

  function _admit(bytes32 by, bytes32 id) private returns (uint64) {
    vm.prank(_owner(by));
    return hospitals.proposeAdmission(_hospital(id));
  }

  function _suspend(bytes32 by, bytes32 id) private returns (uint64) {
    vm.prank(_owner(by));
    return hospitals.proposeSuspension(id);
  }

  function _readmit(bytes32 by, bytes32 id) private returns (uint64) {
    vm.prank(_owner(by));
    return hospitals.proposeReadmission(id);
  }

  function _replaceOwner(bytes32 by, bytes32 id, string memory name) private returns (uint64) {
    vm.prank(_owner(by));
    return hospitals.proposeOwner(id, _account(name));
  }

  function _replaceLog(bytes32 by, bytes32 id, uint64 size, bytes32 root) private returns (uint64) {
    vm.prank(_owner(by));
    return hospitals.proposeLog(id, 1, size, root, _vkey(string.concat(_text(id), ".example/log2")));
  }

  function _grow(bytes32 id, uint64 size) private returns (bytes32 root) {
    root = keccak256(abi.encode(id, size));
    vm.prank(_publisher(id));
    checkpoints.publish(id, 1, 0, size, root, new bytes32[](0));
  }

  function _suspendDaegu() private {
    uint64 proposal = _suspend(SEOUL, DAEGU);
    _vote(BUSAN, proposal);
    _execute(SEOUL, proposal);
  }

  function _lacks(uint256 votes, uint256 members) private {
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.ProposalLacksMajority.selector, votes, members));
  }

  // One and two members

  function test_oneMemberAdmitsAlone() public {
    _found(_ids(SEOUL));
    uint64 proposal = _admit(SEOUL, BUSAN);
    vm.assertEq(hospitals.hospital(BUSAN).id, 0);
    _execute(SEOUL, proposal);
    _assertSame(hospitals.hospital(BUSAN), _hospital(BUSAN));
    vm.assertEq(hospitals.hospitalIds().length, 2);
    _grow(BUSAN, 1);
  }

  function test_oneMemberCannotBeSuspended() public {
    _found(_ids(SEOUL));
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.LastActiveMember.selector, SEOUL));
    _suspendSelf(SEOUL);
    vm.prank(_owner(SEOUL));
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.SuspensionNeedsThree.selector, 1));
    hospitals.proposeSuspension(SEOUL);
  }

  function test_oneMemberReplacesItsOwnerKeyAlone() public {
    _found(_ids(SEOUL));
    _execute(SEOUL, _replaceOwner(SEOUL, SEOUL, "new owner"));
    vm.assertEq(hospitals.hospital(SEOUL).owner, _account("new owner"));
    vm.prank(_owner(SEOUL));
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.SenderNotMember.selector, _owner(SEOUL)));
    hospitals.proposeAdmission(_hospital(BUSAN));
  }

  function test_oneMemberReplacesItsEmptyLogAlone() public {
    _found(_ids(SEOUL));
    _execute(SEOUL, _replaceLog(SEOUL, SEOUL, 0, EMPTY_ROOT));
    vm.assertEq(checkpoints.logCount(SEOUL), 2);
    vm.assertEq(checkpoints.logRecord(SEOUL, 2).predecessorRoot, EMPTY_ROOT);
  }

  function test_twoMembersAdmitTogetherOnly() public {
    _found(_ids(SEOUL, BUSAN));
    uint64 proposal = _admit(SEOUL, DAEGU);
    _lacks(1, 2);
    _execute(SEOUL, proposal);
    _vote(BUSAN, proposal);
    _execute(BUSAN, proposal);
    vm.assertTrue(hospitals.hospital(DAEGU).active);
  }

  function test_ofTwoMembersNeitherSuspendsTheOther() public {
    _found(_ids(SEOUL, BUSAN));
    vm.prank(_owner(SEOUL));
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.SuspensionNeedsThree.selector, 2));
    hospitals.proposeSuspension(BUSAN);
  }

  function test_ofTwoMembersNeitherReplacesTheOthersOwnerKeyAlone() public {
    _found(_ids(SEOUL, BUSAN));
    uint64 proposal = _replaceOwner(SEOUL, BUSAN, "mine");
    _lacks(1, 2);
    _execute(SEOUL, proposal);
    _vote(BUSAN, proposal);
    _execute(SEOUL, proposal);
    vm.assertEq(hospitals.hospital(BUSAN).owner, _account("mine"));
  }

  function test_theOneThatIsLeftReadmitsTheOther() public {
    _found(_ids(SEOUL, BUSAN));
    _suspendSelf(SEOUL);
    _execute(BUSAN, _readmit(BUSAN, SEOUL));
    vm.assertTrue(hospitals.hospital(SEOUL).active);
  }

  // Three members

  function test_everyStepIsAnEvent() public {
    IHospitalRegistry.Motion memory motion;
    motion.kind = IHospitalRegistry.MotionKind.Suspend;
    motion.hospital = DAEGU;
    vm.expectEmit(address(hospitals));
    emit IHospitalRegistry.MotionProposed(1, DAEGU, _owner(SEOUL), _now() + WEEK, motion);
    vm.expectEmit(address(hospitals));
    emit IHospitalRegistry.VoteCast(1, SEOUL, _owner(SEOUL));
    vm.assertEq(_suspend(SEOUL, DAEGU), 1);
    vm.expectEmit(address(hospitals));
    emit IHospitalRegistry.VoteCast(1, BUSAN, _owner(BUSAN));
    _vote(BUSAN, 1);
    vm.expectEmit(address(hospitals));
    emit IHospitalRegistry.HospitalSuspended(DAEGU);
    vm.expectEmit(address(hospitals));
    emit IHospitalRegistry.MotionCarried(1, DAEGU);
    _execute(SEOUL, 1);
    uint64 back = _readmit(BUSAN, DAEGU);
    _vote(SEOUL, back);
    vm.expectEmit(address(hospitals));
    emit IHospitalRegistry.HospitalReadmitted(DAEGU);
    _execute(BUSAN, back);
    uint64 owner = _replaceOwner(SEOUL, DAEGU, "new owner");
    _vote(BUSAN, owner);
    vm.expectEmit(address(hospitals));
    emit IHospitalRegistry.OwnerReplaced(DAEGU, _account("new owner"));
    _execute(BUSAN, owner);
  }

  function test_anAdmissionIsAnEventWithTheWholeRecord() public {
    uint64 proposal = _admit(SEOUL, JEJU);
    _vote(BUSAN, proposal);
    vm.expectEmit(address(hospitals));
    emit IHospitalRegistry.HospitalAdmitted(JEJU, _hospital(JEJU));
    vm.expectEmit(address(checkpoints));
    emit ICheckpointRegistry.LogOpened(JEJU, 1, "jeju.example/log", 0, 0);
    _execute(SEOUL, proposal);
  }

  function test_aBrokenLogIsAnEventWithBothHeads() public {
    bytes32 root = _grow(SEOUL, 5);
    uint64 proposal = _replaceLog(SEOUL, SEOUL, 5, root);
    _vote(BUSAN, proposal);
    _vote(DAEGU, proposal);
    vm.expectEmit(address(checkpoints));
    emit ICheckpointRegistry.LogOpened(SEOUL, 2, "seoul.example/log2", 5, root);
    vm.expectEmit(address(hospitals));
    emit IHospitalRegistry.LogVkeyChanged(SEOUL, _vkey("seoul.example/log2"));
    _execute(SEOUL, proposal);
    vm.assertEq(hospitals.hospital(SEOUL).logVkey, _vkey("seoul.example/log2"));
  }

  function test_twoSuspendTheThird() public {
    _suspendDaegu();
    vm.assertFalse(hospitals.hospital(DAEGU).active);
  }

  function test_theOneConcernedHasNoVote() public {
    uint64 proposal = _suspend(SEOUL, DAEGU);
    _vote(DAEGU, proposal);
    _lacks(1, 2);
    _execute(SEOUL, proposal);
    _vote(BUSAN, proposal);
    _execute(DAEGU, proposal);
    vm.assertFalse(hospitals.hospital(DAEGU).active);
  }

  function test_theOneConcernedCannotHelpToReplaceItsOwner() public {
    uint64 proposal = _replaceOwner(DAEGU, DAEGU, "new owner");
    _vote(SEOUL, proposal);
    _lacks(1, 2);
    _execute(DAEGU, proposal);
  }

  function test_twoReplaceALostOwnerKey() public {
    uint64 proposal = _replaceOwner(SEOUL, DAEGU, "new owner");
    _vote(BUSAN, proposal);
    _execute(SEOUL, proposal);
    vm.prank(_owner(DAEGU));
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.SenderNotOwner.selector, _owner(DAEGU), _account("new owner")));
    hospitals.changeTokenKeys(DAEGU, "{}");
    vm.prank(_account("new owner"));
    hospitals.changeTokenKeys(DAEGU, "{}");
    // The address serves nobody now.
    _execute(SEOUL, _votedBy(BUSAN, _replaceOwnerTo(SEOUL, DAEGU, _owner(DAEGU))));
    vm.assertEq(hospitals.hospital(DAEGU).owner, _owner(DAEGU));
  }

  function _replaceOwnerTo(bytes32 by, bytes32 id, address owner) private returns (uint64) {
    vm.prank(_owner(by));
    return hospitals.proposeOwner(id, owner);
  }

  function _votedBy(bytes32 voter, uint64 proposal) private returns (uint64) {
    _vote(voter, proposal);
    return proposal;
  }

  function test_aSuspendedMemberNeitherProposesNorVotesNorExecutes() public {
    uint64 proposal = _admit(SEOUL, JEJU);
    _suspendDaegu();
    bytes memory refusal = abi.encodeWithSelector(LedgerRules.SenderNotMember.selector, _owner(DAEGU));
    vm.prank(_owner(DAEGU));
    vm.expectRevert(refusal);
    hospitals.proposeReadmission(DAEGU);
    _refusedVote(refusal, DAEGU, proposal);
    vm.expectRevert(refusal);
    _execute(DAEGU, proposal);
  }

  function test_votesAreRecountedWhenAMemberWasSuspendedMeanwhile() public {
    uint64 proposal = _admit(DAEGU, JEJU);
    _vote(SEOUL, proposal);
    _suspendDaegu();
    _lacks(1, 2);
    _execute(SEOUL, proposal);
    _vote(BUSAN, proposal);
    _execute(BUSAN, proposal);
  }

  function test_aSuspensionThatWasVotedForByThreeIsRefusedWhenTwoAreLeft() public {
    uint64 proposal = _suspend(SEOUL, DAEGU);
    _vote(BUSAN, proposal);
    _suspendSelf(BUSAN);
    _vote(DAEGU, proposal);
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.SuspensionNeedsThree.selector, 2));
    _execute(SEOUL, proposal);
  }

  function test_aVoteOfAReplacedOwnerKeyCountsNoMore() public {
    uint64 admission = _admit(DAEGU, JEJU);
    _vote(SEOUL, admission);
    uint64 replacing = _replaceOwner(SEOUL, DAEGU, "new owner");
    _vote(BUSAN, replacing);
    _execute(SEOUL, replacing);
    _lacks(1, 3);
    _execute(SEOUL, admission);
    _voteBy(_account("new owner"), admission);
    _execute(SEOUL, admission);
    vm.assertEq(hospitals.proposal(admission).votes.length, 3);
  }

  function test_aKeyThatComesToServeAnotherHospitalBringsNoVoteAlong() public {
    uint64 admission = _admit(DAEGU, JEJU);
    uint64 replacing = _replaceOwner(SEOUL, DAEGU, "new owner");
    _vote(BUSAN, replacing);
    _execute(SEOUL, replacing);
    uint64 moving = _replaceOwnerTo(SEOUL, BUSAN, _owner(DAEGU));
    _voteBy(_account("new owner"), moving);
    _execute(SEOUL, moving);
    _lacks(0, 3);
    _execute(SEOUL, admission);
  }

  function test_oneMemberOneVote() public {
    uint64 proposal = _admit(SEOUL, JEJU);
    _refusedVote(abi.encodeWithSelector(LedgerRules.ProposalAlreadyVoted.selector, proposal, SEOUL), SEOUL, proposal);
    _vote(BUSAN, proposal);
    _refusedVote(abi.encodeWithSelector(LedgerRules.ProposalAlreadyVoted.selector, proposal, BUSAN), BUSAN, proposal);
  }

  function test_aVoteIsForTheMotionThatWasSeen() public {
    uint64 shown = _admit(SEOUL, JEJU);
    uint64 meant = _suspend(SEOUL, DAEGU);
    bytes32 seen = _motionHash(shown);
    bytes memory refusal = abi.encodeWithSelector(LedgerRules.ProposalOtherMotion.selector, seen, _motionHash(meant));
    vm.expectRevert(refusal);
    vm.prank(_owner(BUSAN));
    hospitals.vote(meant, seen);
    vm.assertEq(hospitals.proposal(meant).votes.length, 1);
    _vote(BUSAN, meant);
    vm.assertEq(hospitals.proposal(meant).votes.length, 2);
  }

  function test_theHashOfAMotionCoversEveryFieldOfACandidate() public {
    uint64 first = _admit(SEOUL, JEJU);
    IHospitalRegistry.Hospital memory other = _hospital(JEJU);
    other.tokenKeys = '{"keys":[] }';
    vm.prank(_owner(SEOUL));
    uint64 second = hospitals.proposeAdmission(other);
    bytes32 seen = _motionHash(first);
    bytes memory refusal = abi.encodeWithSelector(LedgerRules.ProposalOtherMotion.selector, seen, _motionHash(second));
    vm.expectRevert(refusal);
    vm.prank(_owner(BUSAN));
    hospitals.vote(second, seen);
  }

  function test_proposalsEndAfterSevenDays() public {
    uint64 proposal = _admit(SEOUL, JEJU);
    _vote(BUSAN, proposal);
    uint64 end = _now() + WEEK;
    vm.warp(end - 1);
    _vote(DAEGU, proposal);
    vm.warp(end);
    bytes memory refusal = abi.encodeWithSelector(LedgerRules.ProposalExpired.selector, end, end);
    _refusedVote(refusal, DAEGU, proposal);
    vm.expectRevert(refusal);
    _execute(SEOUL, proposal);
    vm.warp(end - 1);
    _execute(SEOUL, proposal);
  }

  function test_aProposalIsExecutedOnce() public {
    uint64 suspension = _suspend(SEOUL, DAEGU);
    _vote(BUSAN, suspension);
    _execute(SEOUL, suspension);
    _execute(SEOUL, _votedBy(BUSAN, _readmit(SEOUL, DAEGU)));
    vm.assertTrue(hospitals.proposal(suspension).executed);
    bytes memory refusal = abi.encodeWithSelector(LedgerRules.ProposalExecuted.selector, suspension);
    vm.expectRevert(refusal);
    _execute(SEOUL, suspension);
    _refusedVote(refusal, DAEGU, suspension);
    vm.warp(_now() + WEEK);
    vm.expectRevert(refusal);
    _execute(SEOUL, suspension);
  }

  function test_proposalsThatAreNotThere() public {
    uint64[3] memory numbers = [uint64(0), 1, type(uint64).max];
    for (uint256 i = 0; i < numbers.length; i++) {
      bytes memory refusal = abi.encodeWithSelector(LedgerRules.ProposalUnknown.selector, numbers[i]);
      vm.expectRevert(refusal);
      hospitals.vote(numbers[i], 0);
      vm.expectRevert(refusal);
      hospitals.execute(numbers[i]);
    }
  }

  function test_onlyOwnersOfMembersDecide() public {
    uint64 proposal = _admit(SEOUL, JEJU);
    address[4] memory senders = [_publisher(BUSAN), _stranger(), _owner(JEJU), address(0)];
    for (uint256 i = 0; i < senders.length; i++) {
      bytes memory refusal = abi.encodeWithSelector(LedgerRules.SenderNotMember.selector, senders[i]);
      vm.prank(senders[i]);
      vm.expectRevert(refusal);
      hospitals.proposeAdmission(_hospital(JEJU));
      vm.prank(senders[i]);
      vm.expectRevert(refusal);
      hospitals.proposeSuspension(NOWHERE);
      vm.prank(senders[i]);
      vm.expectRevert(refusal);
      hospitals.vote(proposal, 0);
      vm.prank(senders[i]);
      vm.expectRevert(refusal);
      hospitals.execute(proposal);
    }
  }

  function test_motionsThatWouldChangeNothing() public {
    vm.prank(_owner(SEOUL));
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.MembershipUnchanged.selector, DAEGU, true));
    hospitals.proposeReadmission(DAEGU);
    uint64 late = _suspend(SEOUL, DAEGU);
    _suspendDaegu();
    vm.prank(_owner(SEOUL));
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.MembershipUnchanged.selector, DAEGU, false));
    hospitals.proposeSuspension(DAEGU);
    _vote(BUSAN, late);
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.MembershipUnchanged.selector, DAEGU, false));
    _execute(SEOUL, late);
  }

  function test_motionsAboutNobody() public {
    bytes memory refusal = abi.encodeWithSelector(LedgerRules.HospitalUnknown.selector, NOWHERE);
    vm.prank(_owner(SEOUL));
    vm.expectRevert(refusal);
    hospitals.proposeSuspension(NOWHERE);
    vm.prank(_owner(SEOUL));
    vm.expectRevert(refusal);
    hospitals.proposeReadmission(NOWHERE);
    vm.prank(_owner(SEOUL));
    vm.expectRevert(refusal);
    hospitals.proposeOwner(NOWHERE, _account("x"));
    vm.prank(_owner(SEOUL));
    vm.expectRevert(refusal);
    hospitals.proposeLog(NOWHERE, 1, 0, EMPTY_ROOT, _vkey("x"));
  }

  function test_nobodyIsAdmittedTwice() public {
    vm.prank(_owner(SEOUL));
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.HospitalExists.selector, BUSAN));
    hospitals.proposeAdmission(_hospital(BUSAN));
    uint64 first = _votedBy(BUSAN, _admit(SEOUL, JEJU));
    uint64 second = _votedBy(BUSAN, _admit(SEOUL, JEJU));
    _execute(SEOUL, first);
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.HospitalExists.selector, JEJU));
    _execute(SEOUL, second);
  }

  function test_nobodyIsAdmittedWithAnothersAddressOrOrigin() public {
    address[4] memory used = [_owner(SEOUL), _publisher(SEOUL), _publisher(BUSAN), _owner(BUSAN)];
    for (uint256 i = 0; i < used.length; i++) {
      IHospitalRegistry.Hospital memory jeju = _hospital(JEJU);
      (jeju.owner, jeju.publisher) = i < 2 ? (used[i], jeju.publisher) : (jeju.owner, used[i]);
      vm.prank(_owner(SEOUL));
      vm.expectRevert(abi.encodeWithSelector(LedgerRules.AddressInUse.selector, used[i], i < 2 ? SEOUL : BUSAN));
      hospitals.proposeAdmission(jeju);
    }
    IHospitalRegistry.Hospital memory other = _hospital(JEJU);
    other.logVkey = _vkey("seoul.example/log");
    vm.prank(_owner(SEOUL));
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.LogOriginInUse.selector, "seoul.example/log", SEOUL, 1));
    hospitals.proposeAdmission(other);
  }

  function test_anAddressThatWasTakenMeanwhileStopsAnAdmission() public {
    uint64 proposal = _votedBy(BUSAN, _admit(SEOUL, JEJU));
    vm.prank(_owner(DAEGU));
    hospitals.changePublisher(DAEGU, _publisher(JEJU));
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.AddressInUse.selector, _publisher(JEJU), DAEGU));
    _execute(SEOUL, proposal);
  }

  function test_anOwnerKeyIsReplacedByAFreshOne() public {
    address[3] memory used = [_owner(DAEGU), _publisher(DAEGU), _owner(SEOUL)];
    for (uint256 i = 0; i < used.length; i++) {
      vm.prank(_owner(SEOUL));
      vm.expectRevert(abi.encodeWithSelector(LedgerRules.AddressInUse.selector, used[i], i < 2 ? DAEGU : SEOUL));
      hospitals.proposeOwner(DAEGU, used[i]);
    }
  }

  function test_proposalsCanBeRead() public {
    uint64 number = _replaceOwner(SEOUL, DAEGU, "new owner");
    _vote(BUSAN, number);
    IHospitalRegistry.Proposal memory read = hospitals.proposal(number);
    vm.assertEq(read.number, 1);
    vm.assertEq(read.proposer, _owner(SEOUL));
    vm.assertEq(read.expires, _now() + WEEK);
    vm.assertFalse(read.executed);
    vm.assertEq(read.motion.hospital, DAEGU);
    vm.assertEq(read.motion.owner, _account("new owner"));
    vm.assertEq(uint8(read.motion.kind), uint8(IHospitalRegistry.MotionKind.ReplaceOwner));
    vm.assertEq(read.votes.length, 2);
    vm.assertEq(read.votes[1].hospital, BUSAN);
    vm.assertEq(read.votes[1].owner, _owner(BUSAN));
    _admit(BUSAN, JEJU);
    vm.assertEq(hospitals.proposalCount(), 2);
    _assertSame(hospitals.proposal(2).motion.candidate, _hospital(JEJU));
    bytes32 root = _grow(SEOUL, 5);
    _replaceLog(SEOUL, SEOUL, 5, root);
    read = hospitals.proposal(3);
    vm.assertEq(read.motion.log, 1);
    vm.assertEq(read.motion.lastSize, 5);
    vm.assertEq(read.motion.lastRoot, root);
    vm.assertEq(read.motion.logVkey, _vkey("seoul.example/log2"));
  }

  // Five members

  function test_threeOfFiveAdmit() public {
    _foundFive();
    uint64 proposal = _admit(SEOUL, GWANGJU);
    _vote(BUSAN, proposal);
    _lacks(2, 5);
    _execute(SEOUL, proposal);
    _vote(DAEGU, proposal);
    _execute(SEOUL, proposal);
    vm.assertEq(hospitals.hospitalIds().length, 6);
  }

  function test_twoOfTheFourOthersAreNoMajority() public {
    _foundFive();
    uint64 proposal = _suspend(SEOUL, ULSAN);
    _vote(BUSAN, proposal);
    _lacks(2, 4);
    _execute(SEOUL, proposal);
    _vote(DAEGU, proposal);
    _execute(SEOUL, proposal);
    vm.assertFalse(hospitals.hospital(ULSAN).active);
  }

  function test_aNewMemberRaisesTheBar() public {
    _foundFive();
    uint64 suspension = _votedBy(DAEGU, _votedBy(BUSAN, _suspend(SEOUL, ULSAN)));
    bytes32[2] memory more = [GWANGJU, bytes32("daejeon")];
    for (uint256 i = 0; i < 2; i++) {
      uint64 admission = _votedBy(JEJU, _votedBy(DAEGU, _votedBy(BUSAN, _admit(SEOUL, more[i]))));
      _execute(SEOUL, admission);
    }
    _lacks(3, 6);
    _execute(SEOUL, suspension);
  }

  function test_membersCanSuspendDownToTwoAndNoFurther() public {
    _foundFive();
    _execute(SEOUL, _votedBy(DAEGU, _votedBy(BUSAN, _suspend(SEOUL, ULSAN))));
    _execute(SEOUL, _votedBy(BUSAN, _suspend(SEOUL, JEJU)));
    _execute(SEOUL, _votedBy(BUSAN, _suspend(SEOUL, DAEGU)));
    vm.prank(_owner(SEOUL));
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.SuspensionNeedsThree.selector, 2));
    hospitals.proposeSuspension(BUSAN);
    _execute(BUSAN, _votedBy(BUSAN, _readmit(SEOUL, DAEGU)));
    vm.assertTrue(hospitals.hospital(DAEGU).active);
  }

  // Broken logs

  function test_othersAndPublishersCannotBreakALog() public {
    bytes32 root = _grow(SEOUL, 5);
    vm.prank(_owner(BUSAN));
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.SenderNotOwner.selector, _owner(BUSAN), _owner(SEOUL)));
    hospitals.proposeLog(SEOUL, 1, 5, root, _vkey("x"));
    vm.prank(_publisher(SEOUL));
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.SenderNotMember.selector, _publisher(SEOUL)));
    hospitals.proposeLog(SEOUL, 1, 5, root, _vkey("x"));
  }

  function test_theOwnerAloneCannotBreakItsLog() public {
    uint64 proposal = _replaceLog(SEOUL, SEOUL, 0, EMPTY_ROOT);
    _lacks(0, 2);
    _execute(SEOUL, proposal);
    _vote(BUSAN, proposal);
    _lacks(1, 2);
    _execute(SEOUL, proposal);
  }

  function test_aLogIsBrokenAtItsHeadOnly() public {
    bytes32 root = _grow(SEOUL, 5);
    string memory vkey = _vkey("x");
    vm.prank(_owner(SEOUL));
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.LogHeadMismatch.selector, 4, root, 5, root));
    hospitals.proposeLog(SEOUL, 1, 4, root, vkey);
    vm.prank(_owner(SEOUL));
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.LogHeadMismatch.selector, 5, EMPTY_ROOT, 5, root));
    hospitals.proposeLog(SEOUL, 1, 5, EMPTY_ROOT, vkey);
    vm.prank(_owner(BUSAN));
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.LogHeadMismatch.selector, 0, bytes32(0), 0, EMPTY_ROOT));
    hospitals.proposeLog(BUSAN, 1, 0, 0, vkey);
  }

  function test_aLogThatHasGrownMeanwhileIsNotBroken() public {
    uint64 proposal = _votedBy(DAEGU, _votedBy(BUSAN, _replaceLog(SEOUL, SEOUL, 0, EMPTY_ROOT)));
    bytes32 root = _grow(SEOUL, 1);
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.LogHeadMismatch.selector, 0, EMPTY_ROOT, 1, root));
    _execute(SEOUL, proposal);
  }

  function test_aReplacedOwnersLogProposalDies() public {
    uint64 breaking = _votedBy(DAEGU, _votedBy(BUSAN, _replaceLog(SEOUL, SEOUL, 0, EMPTY_ROOT)));
    _execute(BUSAN, _votedBy(DAEGU, _replaceOwner(BUSAN, SEOUL, "new owner")));
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.SenderNotOwner.selector, _owner(SEOUL), _account("new owner")));
    _execute(BUSAN, breaking);
  }

  function test_aSuspendedHospitalsLogIsNotBroken() public {
    uint64 breaking = _votedBy(DAEGU, _votedBy(BUSAN, _replaceLog(SEOUL, SEOUL, 0, EMPTY_ROOT)));
    _suspendSelf(SEOUL);
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.HospitalNotActive.selector, SEOUL));
    _execute(BUSAN, breaking);
  }

  function test_aSuccessorHasAnOriginThatNoLogHad() public {
    string[2] memory used = ["seoul.example/log", "busan.example/log"];
    for (uint256 i = 0; i < 2; i++) {
      vm.prank(_owner(SEOUL));
      vm.expectRevert(abi.encodeWithSelector(LedgerRules.LogOriginInUse.selector, used[i], i == 0 ? SEOUL : BUSAN, 1));
      hospitals.proposeLog(SEOUL, 1, 0, EMPTY_ROOT, _vkey(used[i]));
    }
  }

  function test_onlyTheOpenLogIsBroken() public {
    string memory vkey = _vkey("x");
    vm.prank(_owner(SEOUL));
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.LogUnknown.selector, SEOUL, 2));
    hospitals.proposeLog(SEOUL, 2, 0, EMPTY_ROOT, vkey);
    _execute(BUSAN, _votedBy(DAEGU, _votedBy(BUSAN, _replaceLog(SEOUL, SEOUL, 0, EMPTY_ROOT))));
    vm.prank(_owner(SEOUL));
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.LogClosed.selector, SEOUL, 1));
    hospitals.proposeLog(SEOUL, 1, 0, EMPTY_ROOT, vkey);
    vm.prank(_owner(SEOUL));
    vm.expectRevert(
      abi.encodeWithSelector(LedgerRules.LogOriginFixed.selector, "seoul.example/log", "seoul.example/log2")
    );
    hospitals.changeLogVkey(SEOUL, _vkey("seoul.example/log"));
  }
}
