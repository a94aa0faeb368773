// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {HospitalRegistry} from "../contracts/HospitalRegistry.sol";
import {IHospitalRegistry} from "../contracts/IHospitalRegistry.sol";
import {LedgerRules} from "../contracts/LedgerRules.sol";
import {Fixture} from "./Fixture.sol";
import {vm} from "./Vm.sol";

/// Founding, reading, and what an owner does alone.
contract HospitalRegistryTest is Fixture {
  function setUp() public {
    _found(_ids(SEOUL, BUSAN));
  }

  // Founding

  function test_oneTransactionMakesTheWholeLedger() public view {
    vm.assertTrue(address(checkpoints).code.length > 0);
    vm.assertTrue(address(consents).code.length > 0);
    _assertSame(hospitals.hospital(SEOUL), _hospital(SEOUL));
    _assertSame(hospitals.hospital(BUSAN), _hospital(BUSAN));
    vm.assertEq(hospitals.hospitalIds().length, 2);
    vm.assertEq(hospitals.hospitalIds()[1], BUSAN);
    vm.assertEq(checkpoints.logRecord(BUSAN, 1).origin, "busan.example/log");
    vm.assertEq(hospitals.proposalLifetime(), 7 days);
  }

  function test_codeFitsIntoWhatNodesTake() public view {
    vm.assertLe(address(hospitals).code.length, 24_576, "hospitals");
    vm.assertLe(address(checkpoints).code.length, 24_576, "checkpoints");
    vm.assertLe(address(consents).code.length, 24_576, "consents");
    vm.assertLe(type(HospitalRegistry).creationCode.length, 49_152 - 10_000, "leaves room for founders");
  }

  function test_announcesEachFounder() public {
    IHospitalRegistry.Hospital[] memory founders = new IHospitalRegistry.Hospital[](1);
    founders[0] = _hospital(SEOUL);
    vm.recordLogs();
    new HospitalRegistry(founders);
    vm.assertEq(vm.getRecordedLogs().length, 2, "HospitalAdmitted, LogOpened");
  }

  function test_refusesALedgerOfNobody() public {
    vm.expectRevert(_malformed("founders"));
    new HospitalRegistry(new IHospitalRegistry.Hospital[](0));
  }

  function test_refusesFoundersThatShareAnIdAnAddressOrAnOrigin() public {
    IHospitalRegistry.Hospital[] memory two = new IHospitalRegistry.Hospital[](2);
    two[0] = _hospital(SEOUL);
    two[1] = _hospital(SEOUL);
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.HospitalExists.selector, SEOUL));
    new HospitalRegistry(two);

    two[1] = _hospital(BUSAN);
    two[1].owner = two[0].publisher;
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.AddressInUse.selector, two[0].publisher, SEOUL));
    new HospitalRegistry(two);

    two[1] = _hospital(BUSAN);
    two[1].logVkey = two[0].logVkey;
    vm.expectPartialRevert(LedgerRules.LogOriginInUse.selector);
    new HospitalRegistry(two);
  }

  function test_refusesAFounderWithoutForm() public {
    IHospitalRegistry.Hospital[] memory founders = new IHospitalRegistry.Hospital[](1);
    founders[0] = _hospital("Seoul");
    vm.expectRevert(_malformed("id"));
    new HospitalRegistry(founders);
  }

  // Reading

  function test_whatIsNotThereReadsAsZeros() public view {
    IHospitalRegistry.Hospital memory none;
    IHospitalRegistry.Proposal memory noProposal;
    vm.assertEq(abi.encode(hospitals.hospital(NOWHERE)), abi.encode(none));
    vm.assertEq(abi.encode(hospitals.hospital(0)), abi.encode(none));
    for (uint64 number = 0; number < 3; number++) {
      vm.assertEq(abi.encode(hospitals.proposal(number)), abi.encode(noProposal));
    }
    vm.assertEq(abi.encode(hospitals.proposal(type(uint64).max)), abi.encode(noProposal));
    vm.assertEq(hospitals.proposalCount(), 0);
  }

  function test_saysWhoMayPublish() public {
    hospitals.requirePublisher(SEOUL, _publisher(SEOUL));
    hospitals.requireActivePublisher(SEOUL, _publisher(SEOUL));
    vm.assertEq(hospitals.requireRelay(_publisher(SEOUL)), SEOUL);
    _suspendSelf(SEOUL);
    hospitals.requirePublisher(SEOUL, _publisher(SEOUL));

    vm.expectRevert(abi.encodeWithSelector(LedgerRules.HospitalNotActive.selector, SEOUL));
    hospitals.requireActivePublisher(SEOUL, _publisher(SEOUL));
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.HospitalNotActive.selector, SEOUL));
    hospitals.requireRelay(_publisher(SEOUL));
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.HospitalUnknown.selector, NOWHERE));
    hospitals.requirePublisher(NOWHERE, _publisher(SEOUL));
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.HospitalUnknown.selector, bytes32(0)));
    hospitals.requirePublisher(0, address(0));
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.SenderNotPublisher.selector, _owner(SEOUL), _publisher(SEOUL)));
    hospitals.requirePublisher(SEOUL, _owner(SEOUL));
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.SenderNotPublisher.selector, _owner(SEOUL), address(0)));
    hospitals.requireRelay(_owner(SEOUL));
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.SenderNotPublisher.selector, address(0), address(0)));
    hospitals.requireRelay(address(0));
  }

  // Owners alone

  function test_anOwnerChangesItsRecord() public {
    vm.expectEmit(address(hospitals));
    emit IHospitalRegistry.EndpointChanged(SEOUL, unicode"서울병원", "https://new.example/r4");
    vm.prank(_owner(SEOUL));
    hospitals.changeEndpoint(SEOUL, unicode"서울병원", "https://new.example/r4");
    vm.expectEmit(address(hospitals));
    emit IHospitalRegistry.PublisherChanged(SEOUL, _account("fresh"));
    vm.prank(_owner(SEOUL));
    hospitals.changePublisher(SEOUL, _account("fresh"));
    string memory vkey = "seoul.example/log+ffffffff+AWl4LmV4YW1wbGU=";
    vm.expectEmit(address(hospitals));
    emit IHospitalRegistry.LogVkeyChanged(SEOUL, vkey);
    vm.prank(_owner(SEOUL));
    hospitals.changeLogVkey(SEOUL, vkey);
    vm.expectEmit(address(hospitals));
    emit IHospitalRegistry.TokenKeysChanged(SEOUL, "{}");
    vm.prank(_owner(SEOUL));
    hospitals.changeTokenKeys(SEOUL, "{}");

    IHospitalRegistry.Hospital memory want = _hospital(SEOUL);
    want.name = unicode"서울병원";
    want.fhirBaseUrl = "https://new.example/r4";
    want.publisher = _account("fresh");
    want.logVkey = vkey;
    want.tokenKeys = "{}";
    _assertSame(hospitals.hospital(SEOUL), want);
    _assertSame(hospitals.hospital(BUSAN), _hospital(BUSAN));
  }

  function test_nobodyElseChangesARecord() public {
    address[3] memory senders = [_publisher(SEOUL), _owner(BUSAN), _stranger()];
    for (uint256 i = 0; i < senders.length; i++) {
      bytes memory refusal = abi.encodeWithSelector(LedgerRules.SenderNotOwner.selector, senders[i], _owner(SEOUL));
      vm.prank(senders[i]);
      vm.expectRevert(refusal);
      hospitals.changeEndpoint(SEOUL, "evil", "https://evil.example");
      vm.prank(senders[i]);
      vm.expectRevert(refusal);
      hospitals.changePublisher(SEOUL, _account("evil"));
      vm.prank(senders[i]);
      vm.expectRevert(refusal);
      hospitals.changeLogVkey(SEOUL, _vkey("seoul.example/log"));
      vm.prank(senders[i]);
      vm.expectRevert(refusal);
      hospitals.changeTokenKeys(SEOUL, "{}");
      vm.prank(senders[i]);
      vm.expectRevert(refusal);
      hospitals.suspendSelf(SEOUL);
    }
    _assertSame(hospitals.hospital(SEOUL), _hospital(SEOUL));
  }

  function test_nobodyChangesWhatIsNotThere() public {
    bytes memory refusal = abi.encodeWithSelector(LedgerRules.HospitalUnknown.selector, NOWHERE);
    vm.expectRevert(refusal);
    hospitals.changeEndpoint(NOWHERE, "x", "https://x.example");
    vm.expectRevert(refusal);
    hospitals.changePublisher(NOWHERE, _account("x"));
    vm.expectRevert(refusal);
    hospitals.changeLogVkey(NOWHERE, _vkey("x"));
    vm.expectRevert(refusal);
    hospitals.changeTokenKeys(NOWHERE, "{}");
    vm.expectRevert(refusal);
    hospitals.suspendSelf(NOWHERE);
  }

  function test_anOwnerTakesNoAddressThatServesAHospital() public {
    bytes32[4] memory ids = [SEOUL, SEOUL, BUSAN, BUSAN];
    address[4] memory used = [_publisher(SEOUL), _owner(SEOUL), _publisher(BUSAN), _owner(BUSAN)];
    for (uint256 i = 0; i < used.length; i++) {
      vm.prank(_owner(SEOUL));
      vm.expectRevert(abi.encodeWithSelector(LedgerRules.AddressInUse.selector, used[i], ids[i]));
      hospitals.changePublisher(SEOUL, used[i]);
    }
  }

  function test_anAddressThatServesNoLongerIsFree() public {
    vm.prank(_owner(SEOUL));
    hospitals.changePublisher(SEOUL, _account("fresh"));
    vm.prank(_owner(BUSAN));
    hospitals.changePublisher(BUSAN, _publisher(SEOUL));
    vm.assertEq(hospitals.requireRelay(_publisher(SEOUL)), BUSAN);
    vm.assertEq(hospitals.requireRelay(_account("fresh")), SEOUL);
    vm.expectPartialRevert(LedgerRules.SenderNotPublisher.selector);
    hospitals.requireRelay(_publisher(BUSAN));
  }

  function test_anOwnerCannotRenameItsLog() public {
    vm.prank(_owner(SEOUL));
    vm.expectRevert(
      abi.encodeWithSelector(LedgerRules.LogOriginFixed.selector, "seoul.example/log2", "seoul.example/log")
    );
    hospitals.changeLogVkey(SEOUL, _vkey("seoul.example/log2"));
  }

  function test_anOwnerChangesItsKeysWhileSuspended() public {
    _suspendSelf(SEOUL);
    vm.prank(_owner(SEOUL));
    hospitals.changePublisher(SEOUL, _account("fresh"));
    vm.assertEq(hospitals.hospital(SEOUL).publisher, _account("fresh"));
    vm.assertFalse(hospitals.hospital(SEOUL).active);
  }

  function test_anOwnerSuspendsItselfOnce() public {
    vm.expectEmit(address(hospitals));
    emit IHospitalRegistry.HospitalSuspended(SEOUL);
    _suspendSelf(SEOUL);
    vm.assertFalse(hospitals.hospital(SEOUL).active);
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.MembershipUnchanged.selector, SEOUL, false));
    _suspendSelf(SEOUL);
  }

  function test_theLastOneCannotLockItselfOut() public {
    _suspendSelf(SEOUL);
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.LastActiveMember.selector, BUSAN));
    _suspendSelf(BUSAN);
    vm.assertTrue(hospitals.hospital(BUSAN).active);
  }

  // Forms are checked before everything else

  function test_valuesWithoutFormAreRefusedBeforeAllRules() public {
    vm.expectRevert(_malformed("name"));
    hospitals.changeEndpoint(NOWHERE, " ", "https://x.example");
    vm.expectRevert(_malformed("fhirBaseUrl"));
    hospitals.changeEndpoint(NOWHERE, "x", "ftp://x.example");
    vm.expectRevert(_malformed("publisher"));
    hospitals.changePublisher(NOWHERE, address(0));
    vm.expectRevert(_malformed("logVkey"));
    hospitals.changeLogVkey(NOWHERE, "x");
    vm.expectRevert(_malformed("tokenKeys"));
    hospitals.changeTokenKeys(NOWHERE, hex"ff");
    vm.expectRevert(_malformed("owner"));
    hospitals.proposeOwner(NOWHERE, address(0));
    vm.expectRevert(_malformed("size"));
    hospitals.proposeLog(NOWHERE, 1, 2 ** 53, 0, _vkey("x"));
    vm.expectRevert(_malformed("logVkey"));
    hospitals.proposeLog(NOWHERE, 1, 2 ** 53 - 1, 0, "x");
  }

  function test_everyMemberOfACandidateIsChecked() public {
    IHospitalRegistry.Hospital memory jeju = _hospital(JEJU);
    jeju.id = "jeju_";
    _refuseCandidate(jeju, "id");
    jeju = _hospital(JEJU);
    jeju.name = "";
    _refuseCandidate(jeju, "name");
    jeju = _hospital(JEJU);
    jeju.fhirBaseUrl = "";
    _refuseCandidate(jeju, "fhirBaseUrl");
    jeju = _hospital(JEJU);
    jeju.owner = address(0);
    _refuseCandidate(jeju, "owner");
    jeju = _hospital(JEJU);
    jeju.publisher = address(0);
    _refuseCandidate(jeju, "publisher");
    jeju = _hospital(JEJU);
    jeju.publisher = jeju.owner;
    _refuseCandidate(jeju, "publisher");
    jeju = _hospital(JEJU);
    jeju.logVkey = "";
    _refuseCandidate(jeju, "logVkey");
    jeju = _hospital(JEJU);
    jeju.tokenKeys = hex"c0";
    _refuseCandidate(jeju, "tokenKeys");
    jeju = _hospital(JEJU);
    jeju.active = false;
    _refuseCandidate(jeju, "active");
  }

  function _refuseCandidate(IHospitalRegistry.Hospital memory candidate, string memory what) private {
    vm.prank(_owner(SEOUL));
    vm.expectRevert(_malformed(what));
    hospitals.proposeAdmission(candidate);
  }
}
