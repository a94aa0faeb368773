// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IConsentRegistry} from "../contracts/IConsentRegistry.sol";
import {LedgerRules} from "../contracts/LedgerRules.sol";
import {Fixture} from "./Fixture.sol";
import {vm} from "./Vm.sol";

/// What custodians do with consents, and emergencies.
contract ConsentRegistryTest is Fixture {
  bytes32 private constant ID = keccak256("consent 1");
  uint64 private year;
  uint64 private hour;

  function setUp() public {
    _found(_ids(SEOUL, BUSAN));
    year = _now() + 365 days;
    hour = _now() + 1 hours;
  }

  function _record(uint64 expiry) private {
    vm.prank(_publisher(SEOUL));
    consents.record(SEOUL, ID, CONTENT, expiry);
  }

  function _amend(uint64 version) private {
    vm.prank(_publisher(SEOUL));
    consents.amend(SEOUL, ID, version, OTHER_CONTENT, year);
  }

  function _revoke() private {
    vm.prank(_publisher(SEOUL));
    consents.revoke(SEOUL, ID);
  }

  function _assertState(bytes32 commitment, uint64 expiry, uint64 version, IConsentRegistry.Status status)
    private
    view
  {
    IConsentRegistry.Consent memory want = IConsentRegistry.Consent(commitment, address(0), expiry, version, status);
    vm.assertEq(abi.encode(consents.consent(SEOUL, ID)), abi.encode(want));
  }

  function _refused(bytes4 selector) private pure returns (bytes memory) {
    return abi.encodeWithSelector(selector, SEOUL, ID);
  }

  function test_whatIsNotThereReadsAsZeros() public view {
    _assertState(0, 0, 0, IConsentRegistry.Status.None);
    IConsentRegistry.PatientKey memory none;
    vm.assertEq(abi.encode(consents.patientKey(SEOUL, _stranger())), abi.encode(none));
  }

  function test_areRecordedByTheirCustodian() public {
    vm.expectEmit(address(consents));
    emit IConsentRegistry.ConsentRecorded(SEOUL, ID, CONTENT, year);
    _record(year);
    _assertState(CONTENT, year, 1, IConsentRegistry.Status.Active);
  }

  function test_mayNeverExpire() public {
    _record(NEVER);
    vm.warp(_now() + 1000 days);
    _assertState(CONTENT, NEVER, 1, IConsentRegistry.Status.Active);
    vm.warp(NEVER - 1);
    _assertState(CONTENT, NEVER, 1, IConsentRegistry.Status.Active);
  }

  function test_anIdBelongsToItsCustodian() public {
    _record(year);
    vm.assertEq(consents.consent(BUSAN, ID).version, 0);
    vm.prank(_publisher(BUSAN));
    consents.record(BUSAN, ID, OTHER_CONTENT, year);
    _assertState(CONTENT, year, 1, IConsentRegistry.Status.Active);
  }

  function test_onlyTheCustodiansPublisherRecordsAmendsAndRevokes() public {
    _record(year);
    address[3] memory senders = [_publisher(BUSAN), _owner(SEOUL), _stranger()];
    for (uint256 i = 0; i < senders.length; i++) {
      bytes memory refusal =
        abi.encodeWithSelector(LedgerRules.SenderNotPublisher.selector, senders[i], _publisher(SEOUL));
      vm.prank(senders[i]);
      vm.expectRevert(refusal);
      consents.record(SEOUL, "other", CONTENT, year);
      vm.prank(senders[i]);
      vm.expectRevert(refusal);
      consents.amend(SEOUL, ID, 1, OTHER_CONTENT, year);
      vm.prank(senders[i]);
      vm.expectRevert(refusal);
      consents.revoke(SEOUL, ID);
    }
    _assertState(CONTENT, year, 1, IConsentRegistry.Status.Active);
  }

  function test_ofAnUnknownHospitalAreRefused() public {
    bytes memory refusal = abi.encodeWithSelector(LedgerRules.HospitalUnknown.selector, NOWHERE);
    vm.expectRevert(refusal);
    consents.record(NOWHERE, ID, CONTENT, year);
    vm.expectRevert(refusal);
    consents.amend(NOWHERE, ID, 1, CONTENT, year);
    vm.expectRevert(refusal);
    consents.revoke(NOWHERE, ID);
  }

  function test_anIdIsUsedOnceWhateverBecameOfIt() public {
    _record(hour);
    bytes memory refusal = _refused(LedgerRules.ConsentExists.selector);
    vm.expectRevert(refusal);
    _record(year);
    vm.warp(hour);
    vm.expectRevert(refusal);
    _record(year);
    _revoke();
    vm.expectRevert(refusal);
    _record(year);
  }

  function test_areAmendedVersionByVersion() public {
    _record(hour);
    vm.expectEmit(address(consents));
    emit IConsentRegistry.ConsentAmended(SEOUL, ID, OTHER_CONTENT, year, 2);
    _amend(1);
    _amend(2);
    _assertState(OTHER_CONTENT, year, 3, IConsentRegistry.Status.Active);
  }

  function test_anAmendmentOfAnotherVersionIsRefused() public {
    _record(year);
    _amend(1);
    uint64[4] memory versions = [uint64(0), 1, 3, type(uint64).max];
    for (uint256 i = 0; i < versions.length; i++) {
      vm.expectRevert(abi.encodeWithSelector(LedgerRules.ConsentStaleVersion.selector, versions[i], 2));
      _amend(versions[i]);
    }
  }

  function test_revocationIsFinal() public {
    _record(year);
    vm.expectEmit(address(consents));
    emit IConsentRegistry.ConsentWithdrawn(SEOUL, ID, false);
    _revoke();
    bytes memory refusal = _refused(LedgerRules.ConsentRevoked.selector);
    vm.expectRevert(refusal);
    _amend(1);
    vm.expectRevert(refusal);
    _revoke();
    vm.warp(year);
    _assertState(CONTENT, year, 1, IConsentRegistry.Status.Revoked);
  }

  function test_expiryIsFinal() public {
    _record(hour);
    vm.warp(hour - 1);
    _assertState(CONTENT, hour, 1, IConsentRegistry.Status.Active);
    vm.warp(hour);
    _assertState(CONTENT, hour, 1, IConsentRegistry.Status.Expired);
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.ConsentExpired.selector, hour, hour));
    _amend(1);
    _revoke();
    _assertState(CONTENT, hour, 1, IConsentRegistry.Status.Revoked);
    vm.expectRevert(_refused(LedgerRules.ConsentRevoked.selector));
    _amend(1);
  }

  function test_whatHasExpiredByTheNextBlockIsRefused() public {
    bytes memory refusal = abi.encodeWithSelector(LedgerRules.ExpiryNotInFuture.selector, _now(), _now());
    vm.prank(_publisher(SEOUL));
    vm.expectRevert(refusal);
    consents.record(SEOUL, ID, CONTENT, _now());
    _record(_now() + 1);
    vm.prank(_publisher(SEOUL));
    vm.expectRevert(refusal);
    consents.amend(SEOUL, ID, 1, CONTENT, _now());
  }

  function test_anExpiryBeyondTimeIsRefusedBeforeAllRules() public {
    uint64[4] memory beyond = [uint64(31556889864403200), NEVER - 1, NEVER + 1, type(uint64).max];
    for (uint256 i = 0; i < beyond.length; i++) {
      vm.expectRevert(_malformed("expiry"));
      consents.record(NOWHERE, ID, CONTENT, beyond[i]);
      vm.expectRevert(_malformed("expiry"));
      consents.amend(NOWHERE, ID, 1, CONTENT, beyond[i]);
    }
    _record(31556889864403199);
  }

  function test_whatIsNotThereIsNeitherAmendedNorRevoked() public {
    bytes memory refusal = _refused(LedgerRules.ConsentUnknown.selector);
    vm.expectRevert(refusal);
    _amend(1);
    vm.expectRevert(refusal);
    _amend(0);
    vm.expectRevert(refusal);
    _revoke();
  }

  function test_aSuspendedCustodianRevokesAndNothingElse() public {
    _record(year);
    _suspendSelf(SEOUL);
    bytes memory refusal = abi.encodeWithSelector(LedgerRules.HospitalNotActive.selector, SEOUL);
    vm.expectRevert(refusal);
    _amend(1);
    vm.expectRevert(refusal);
    _record(year);
    _revoke();
    _assertState(CONTENT, year, 1, IConsentRegistry.Status.Revoked);
  }

  function test_emergenciesAreAnnouncedByActivePublishers() public {
    vm.expectEmit(address(consents));
    emit IConsentRegistry.EmergencyAnnounced(BUSAN, CONTENT);
    vm.prank(_publisher(BUSAN));
    consents.announceEmergency(CONTENT);
    address[2] memory senders = [_owner(SEOUL), _stranger()];
    for (uint256 i = 0; i < 2; i++) {
      vm.prank(senders[i]);
      vm.expectRevert(abi.encodeWithSelector(LedgerRules.SenderNotPublisher.selector, senders[i], address(0)));
      consents.announceEmergency(CONTENT);
    }
    _suspendSelf(SEOUL);
    vm.prank(_publisher(SEOUL));
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.HospitalNotActive.selector, SEOUL));
    consents.announceEmergency(CONTENT);
  }
}
