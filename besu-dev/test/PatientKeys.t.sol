// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {HospitalRegistry} from "../contracts/HospitalRegistry.sol";
import {IConsentRegistry} from "../contracts/IConsentRegistry.sol";
import {IHospitalRegistry} from "../contracts/IHospitalRegistry.sol";
import {LedgerRules} from "../contracts/LedgerRules.sol";
import {Signing} from "./Signing.sol";
import {vm} from "./Vm.sol";

/// What patients' keys sign, and everything that somebody else might try with it.
contract PatientKeysTest is Signing {
  bytes32 private constant ID = keccak256("consent 1");
  bytes32 private constant OTHER_ID = keccak256("consent 2");
  string private constant PATIENT = "patient";
  string private constant OTHER = "other patient";
  uint64 private year;
  uint64 private hour;

  function setUp() public {
    _foundThree();
    year = _now() + 365 days;
    hour = _now() + 1 hours;
    _register(SEOUL, PATIENT);
  }

  function _register(bytes32 custodian, string memory name) private {
    bytes memory signature = _sign(name, _hashRegister(custodian, _account(name), hour));
    vm.prank(_publisher(custodian));
    consents.registerPatientKey(custodian, _account(name), hour, signature);
  }

  function _terms(uint64 nonce) private view returns (IConsentRegistry.Grant memory) {
    return IConsentRegistry.Grant(ID, SEOUL, CONTENT, year, nonce, hour);
  }

  function _grant(IConsentRegistry.Grant memory terms) private {
    _relay(_publisher(SEOUL), terms, _sign(PATIENT, _hash(terms)));
  }

  function _relay(address sender, IConsentRegistry.Grant memory terms, bytes memory signature) private {
    vm.prank(sender);
    consents.grant(terms, signature);
  }

  function _refuseGrant(bytes memory refusal, IConsentRegistry.Grant memory terms) private {
    _refuse(refusal, terms, _sign(PATIENT, _hash(terms)));
  }

  function _refuse(bytes memory refusal, IConsentRegistry.Grant memory terms, bytes memory signature) private {
    vm.prank(_publisher(SEOUL));
    vm.expectRevert(refusal);
    consents.grant(terms, signature);
  }

  /// A signature that fits nothing recovers to an account of nobody.
  function _refuseStranger(IConsentRegistry.Grant memory terms, bytes memory signature) private {
    vm.prank(_publisher(SEOUL));
    vm.expectPartialRevert(LedgerRules.PatientKeyUnknown.selector);
    consents.grant(terms, signature);
  }

  function _revokeBy(string memory name, address sender) private {
    bytes memory signature = _sign(name, _hashRevoke(SEOUL, ID));
    vm.prank(sender);
    consents.revokeSigned(SEOUL, ID, signature);
  }

  function _status(bytes32 id) private view returns (uint256) {
    return uint256(consents.consent(SEOUL, id).status);
  }

  function _is(bytes4 selector) private pure returns (bytes memory) {
    return abi.encodeWithSelector(selector, SEOUL, ID);
  }

  function _mismatch(string memory got, string memory want) private pure returns (bytes memory) {
    return abi.encodeWithSelector(LedgerRules.SignerMismatch.selector, _account(got), _account(want));
  }

  function _key(bytes4 selector, string memory name) private pure returns (bytes memory) {
    return abi.encodeWithSelector(selector, SEOUL, _account(name));
  }

  // Registration

  function test_aKeyIsRegisteredByItsSignature() public {
    IConsentRegistry.PatientKey memory want = IConsentRegistry.PatientKey(true, false, 0);
    vm.assertEq(abi.encode(consents.patientKey(SEOUL, _account(PATIENT))), abi.encode(want));
    vm.assertFalse(consents.patientKey(BUSAN, _account(PATIENT)).registered);
    vm.expectEmit(address(consents));
    emit IConsentRegistry.PatientKeyRegistered(SEOUL, _account(OTHER));
    _register(SEOUL, OTHER);
  }

  function test_nobodyRegistersAnothersKey() public {
    bytes memory signature = _sign(PATIENT, _hashRegister(SEOUL, _account(OTHER), hour));
    vm.prank(_publisher(SEOUL));
    vm.expectRevert(_mismatch(PATIENT, OTHER));
    consents.registerPatientKey(SEOUL, _account(OTHER), hour, signature);
  }

  function test_nobodyRegistersNobody() public {
    bytes memory zeros = new bytes(65);
    vm.prank(_publisher(SEOUL));
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.SignatureInvalid.selector));
    consents.registerPatientKey(SEOUL, address(0), hour, zeros);
    zeros[64] = 0x1b;
    vm.prank(_publisher(SEOUL));
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.SignatureInvalid.selector));
    consents.registerPatientKey(SEOUL, address(0), hour, zeros);
  }

  function test_aRegistrationIsForOneCustodianAndOneDeadline() public {
    bytes memory signature = _sign(OTHER, _hashRegister(SEOUL, _account(OTHER), hour));
    vm.prank(_publisher(BUSAN));
    vm.expectPartialRevert(LedgerRules.SignerMismatch.selector);
    consents.registerPatientKey(BUSAN, _account(OTHER), hour, signature);
    vm.prank(_publisher(SEOUL));
    vm.expectPartialRevert(LedgerRules.SignerMismatch.selector);
    consents.registerPatientKey(SEOUL, _account(OTHER), hour + 1, signature);
  }

  function test_onlyTheActiveCustodianRegistersAndRetires() public {
    bytes memory signature = _sign(OTHER, _hashRegister(SEOUL, _account(OTHER), hour));
    address[3] memory senders = [_publisher(BUSAN), _owner(SEOUL), _account(OTHER)];
    for (uint256 i = 0; i < senders.length; i++) {
      bytes memory refusal =
        abi.encodeWithSelector(LedgerRules.SenderNotPublisher.selector, senders[i], _publisher(SEOUL));
      vm.prank(senders[i]);
      vm.expectRevert(refusal);
      consents.registerPatientKey(SEOUL, _account(OTHER), hour, signature);
      vm.prank(senders[i]);
      vm.expectRevert(refusal);
      consents.retirePatientKey(SEOUL, _account(PATIENT));
    }
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.HospitalUnknown.selector, NOWHERE));
    consents.registerPatientKey(NOWHERE, _account(OTHER), hour, signature);
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.HospitalUnknown.selector, NOWHERE));
    consents.retirePatientKey(NOWHERE, _account(OTHER));
    _suspendSelf(SEOUL);
    vm.prank(_publisher(SEOUL));
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.HospitalNotActive.selector, SEOUL));
    consents.registerPatientKey(SEOUL, _account(OTHER), hour, signature);
    vm.prank(_publisher(SEOUL));
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.HospitalNotActive.selector, SEOUL));
    consents.retirePatientKey(SEOUL, _account(PATIENT));
  }

  function test_aKeyIsRegisteredOnceAndInTime() public {
    vm.warp(hour);
    // That it exists is said first.
    bytes memory signature = _sign(PATIENT, _hashRegister(SEOUL, _account(PATIENT), hour));
    vm.prank(_publisher(SEOUL));
    vm.expectRevert(_key(LedgerRules.PatientKeyExists.selector, PATIENT));
    consents.registerPatientKey(SEOUL, _account(PATIENT), hour, signature);
    signature = _mirrored(_sign(OTHER, _hashRegister(SEOUL, _account(OTHER), hour)));
    vm.prank(_publisher(SEOUL));
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.SignatureDeadlinePassed.selector, hour, hour));
    consents.registerPatientKey(SEOUL, _account(OTHER), hour, signature);
    vm.warp(hour - 1);
    vm.prank(_publisher(SEOUL));
    vm.expectPartialRevert(LedgerRules.SignatureMalleable.selector);
    consents.registerPatientKey(SEOUL, _account(OTHER), hour, signature);
    _register(SEOUL, OTHER);
  }

  // Granting

  function test_aKeyGrantsAndAmends() public {
    vm.expectEmit(address(consents));
    emit IConsentRegistry.ConsentGranted(SEOUL, ID, _account(PATIENT), CONTENT, year, 1, 0);
    _grant(_terms(0));
    vm.expectEmit(address(consents));
    emit IConsentRegistry.ConsentGranted(SEOUL, ID, _account(PATIENT), OTHER_CONTENT, hour, 2, 1);
    _grant(IConsentRegistry.Grant(ID, SEOUL, OTHER_CONTENT, hour, 1, hour));
    IConsentRegistry.Consent memory want =
      IConsentRegistry.Consent(OTHER_CONTENT, _account(PATIENT), hour, 2, IConsentRegistry.Status.Active);
    vm.assertEq(abi.encode(consents.consent(SEOUL, ID)), abi.encode(want));
    vm.assertEq(consents.patientKey(SEOUL, _account(PATIENT)).nonce, 2);
  }

  function test_anyActiveHospitalHandsAGrantInAlsoForASuspendedCustodian() public {
    _suspendSelf(SEOUL);
    IConsentRegistry.Grant memory terms = _terms(0);
    _refuseGrant(abi.encodeWithSelector(LedgerRules.HospitalNotActive.selector, SEOUL), terms);
    _relay(_publisher(BUSAN), terms, _sign(PATIENT, _hash(terms)));
    vm.assertEq(_status(ID), uint256(IConsentRegistry.Status.Active));
  }

  function test_nobodyElseHandsAGrantIn() public {
    IConsentRegistry.Grant memory terms = _terms(0);
    bytes memory signature = _sign(PATIENT, _hash(terms));
    address[3] memory senders = [_owner(BUSAN), _stranger(), _account(PATIENT)];
    for (uint256 i = 0; i < senders.length; i++) {
      vm.prank(senders[i]);
      vm.expectRevert(abi.encodeWithSelector(LedgerRules.SenderNotPublisher.selector, senders[i], address(0)));
      consents.grant(terms, signature);
    }
  }

  function test_aGrantCountsOnce() public {
    IConsentRegistry.Grant memory terms = _terms(0);
    bytes memory signature = _sign(PATIENT, _hash(terms));
    _relay(_publisher(SEOUL), terms, signature);
    bytes memory refusal = abi.encodeWithSelector(LedgerRules.NonceMismatch.selector, 0, 1);
    _refuse(refusal, terms, signature);
    vm.prank(_publisher(BUSAN));
    vm.expectRevert(refusal);
    consents.grant(terms, signature);
    _grant(IConsentRegistry.Grant(ID, SEOUL, OTHER_CONTENT, year, 1, hour));
    _refuse(abi.encodeWithSelector(LedgerRules.NonceMismatch.selector, 0, 2), terms, signature);
    vm.assertEq(consents.consent(SEOUL, ID).commitment, OTHER_CONTENT);
  }

  function test_noncesAreNeitherSkippedNorShared() public {
    _refuseGrant(abi.encodeWithSelector(LedgerRules.NonceMismatch.selector, 1, 0), _terms(1));
    uint64 last = type(uint64).max;
    _refuseGrant(abi.encodeWithSelector(LedgerRules.NonceMismatch.selector, last, 0), _terms(last));
    _grant(_terms(0));
    IConsentRegistry.Grant memory second = IConsentRegistry.Grant(OTHER_ID, SEOUL, CONTENT, year, 0, hour);
    _refuseGrant(abi.encodeWithSelector(LedgerRules.NonceMismatch.selector, 0, 1), second);
  }

  function test_nothingOfAGrantCanBeChanged() public {
    bytes memory signature = _sign(PATIENT, _hash(_terms(0)));
    IConsentRegistry.Grant memory changed = _terms(0);
    changed.id = OTHER_ID;
    _refuseStranger(changed, signature);
    changed = _terms(0);
    changed.commitment = OTHER_CONTENT;
    _refuseStranger(changed, signature);
    changed = _terms(0);
    changed.expiry = NEVER;
    _refuseStranger(changed, signature);
    changed = _terms(0);
    changed.deadline++;
    _refuseStranger(changed, signature);
    changed = _terms(0);
    changed.nonce++;
    _refuseStranger(changed, signature);
    vm.assertEq(consents.consent(SEOUL, ID).version, 0);
  }

  function test_aGrantForOneCustodianIsNoneForAnother() public {
    _register(BUSAN, PATIENT);
    bytes memory signature = _sign(PATIENT, _hash(_terms(0)));
    IConsentRegistry.Grant memory moved = _terms(0);
    moved.custodian = BUSAN;
    _refuseStranger(moved, signature);
  }

  function test_aSignatureForAnotherChainOrContractOrAppIsNone() public {
    IConsentRegistry.Grant memory terms = _terms(0);
    Domain memory here = _domain();
    Domain[5] memory elsewhere = [
      Domain("Sillok", "1", here.chainId + 1, here.verifyingContract),
      Domain("Sillok", "1", here.chainId, address(hospitals)),
      Domain("Other", "1", here.chainId, here.verifyingContract),
      Domain("Sillok", "2", here.chainId, here.verifyingContract),
      Domain("", "", 0, address(0))
    ];
    for (uint256 i = 0; i < elsewhere.length; i++) {
      _refuseStranger(terms, _sign(PATIENT, elsewhere[i], _hash(terms)));
    }
  }

  function test_aSignatureFromBeforeAForkOfTheChainIsNone() public {
    IConsentRegistry.Grant memory terms = _terms(0);
    bytes memory signature = _sign(PATIENT, _hash(terms));
    vm.chainId(block.chainid + 1);
    _refuseStranger(terms, signature);
    _grant(terms);
  }

  function test_aSignatureForAnotherLedgerOnTheSameChainIsNone() public {
    IConsentRegistry.Grant memory terms = _terms(0);
    bytes memory signature = _sign(PATIENT, _hash(terms));
    IHospitalRegistry.Hospital[] memory founders = new IHospitalRegistry.Hospital[](1);
    founders[0] = _hospital(SEOUL);
    _adopt(new HospitalRegistry(founders));
    _register(SEOUL, PATIENT);
    _refuseStranger(terms, signature);
  }

  function test_theMirroredSignatureIsRefused() public {
    IConsentRegistry.Grant memory terms = _terms(0);
    bytes memory mirrored = _mirrored(_sign(PATIENT, _hash(terms)));
    (, bytes32 s,) = _split(mirrored);
    _refuse(abi.encodeWithSelector(LedgerRules.SignatureMalleable.selector, s), terms, mirrored);
  }

  function test_whatIsNoSignatureIsRefused() public {
    IConsentRegistry.Grant memory terms = _terms(0);
    (bytes32 r, bytes32 s, uint8 v) = _split(_sign(PATIENT, _hash(terms)));
    bytes[9] memory wrong = [
      new bytes(65),
      abi.encodePacked(r, s),
      abi.encodePacked(r, s, v, uint8(0)),
      abi.encodePacked(r, s, uint8(v - 27)),
      abi.encodePacked(r, s, uint8(29)),
      abi.encodePacked(bytes32(0), s, v),
      abi.encodePacked(r, bytes32(0), v),
      abi.encodePacked(bytes32(ORDER), s, v),
      abi.encodePacked(bytes32(uint256(5)), s, v)
    ];
    for (uint256 i = 0; i < wrong.length; i++) {
      _refuse(abi.encodeWithSelector(LedgerRules.SignatureInvalid.selector), terms, wrong[i]);
    }
    bytes memory highest = abi.encodePacked(r, bytes32(ORDER / 2 + 1), v);
    _refuse(abi.encodeWithSelector(LedgerRules.SignatureMalleable.selector, bytes32(ORDER / 2 + 1)), terms, highest);
    _refuseStranger(terms, abi.encodePacked(r, bytes32(ORDER / 2), v));
  }

  function test_anyDamageMakesASignatureNobodys(uint256 place, uint8 bits) public {
    vm.assume(bits != 0);
    IConsentRegistry.Grant memory terms = _terms(0);
    bytes memory damaged = _sign(PATIENT, _hash(terms));
    damaged[place % 65] ^= bytes1(bits);
    vm.prank(_publisher(SEOUL));
    (bool granted,) = address(consents).call(abi.encodeCall(consents.grant, (terms, damaged)));
    vm.assertFalse(granted);
  }

  function test_anUnregisteredKeyGrantsNothing() public {
    IConsentRegistry.Grant memory terms = _terms(0);
    _refuse(_key(LedgerRules.PatientKeyUnknown.selector, OTHER), terms, _sign(OTHER, _hash(terms)));
  }

  function test_anotherPatientCannotTouchTheirConsent() public {
    _grant(_terms(0));
    _register(SEOUL, OTHER);
    IConsentRegistry.Grant memory hijack = IConsentRegistry.Grant(ID, SEOUL, OTHER_CONTENT, year, 0, hour);
    _refuse(_mismatch(OTHER, PATIENT), hijack, _sign(OTHER, _hash(hijack)));
    vm.expectRevert(_mismatch(OTHER, PATIENT));
    _revokeBy(OTHER, _publisher(SEOUL));
  }

  function test_theCustodianCannotAmendOrReplaceTheirConsent() public {
    _grant(_terms(0));
    vm.prank(_publisher(SEOUL));
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.ConsentNeedsPatient.selector, _account(PATIENT)));
    consents.amend(SEOUL, ID, 1, OTHER_CONTENT, year);
    vm.prank(_publisher(SEOUL));
    vm.expectRevert(_is(LedgerRules.ConsentExists.selector));
    consents.record(SEOUL, ID, CONTENT, year);
  }

  function test_aKeyCannotTakeOverAConsentThatWasRecordedWithoutOne() public {
    vm.prank(_publisher(SEOUL));
    consents.record(SEOUL, ID, CONTENT, year);
    bytes memory refusal = _is(LedgerRules.ConsentHasNoPatientKey.selector);
    _refuseGrant(refusal, _terms(0));
    vm.expectRevert(refusal);
    _revokeBy(PATIENT, _publisher(SEOUL));
    // Said before the signature is looked at.
    vm.expectRevert(refusal);
    consents.revokeSigned(SEOUL, ID, new bytes(65));
  }

  function test_aGrantIsHandedInInTime() public {
    vm.warp(hour);
    bytes memory refusal = abi.encodeWithSelector(LedgerRules.SignatureDeadlinePassed.selector, hour, hour);
    _refuse(refusal, _terms(0), new bytes(65));
    _refuseGrant(refusal, _terms(0));
    vm.warp(hour - 1);
    _grant(_terms(0));
  }

  function test_aRefusedGrantUsesUpNoNonce() public {
    IConsentRegistry.Grant memory over = _terms(0);
    over.expiry = _now();
    _refuseGrant(abi.encodeWithSelector(LedgerRules.ExpiryNotInFuture.selector, _now(), _now()), over);
    over.expiry = NEVER + 1;
    _refuseGrant(_malformed("expiry"), over);
    _grant(_terms(0));
  }

  // Revoking

  function test_theyRevokeThroughAnybody() public {
    address[4] memory senders = [_publisher(BUSAN), _stranger(), _account(PATIENT), address(0)];
    for (uint64 i = 0; i < senders.length; i++) {
      bytes32 id = keccak256(abi.encode(i));
      _grant(IConsentRegistry.Grant(id, SEOUL, CONTENT, year, i, hour));
      bytes memory signature = _sign(PATIENT, _hashRevoke(SEOUL, id));
      vm.expectEmit(address(consents));
      emit IConsentRegistry.ConsentWithdrawn(SEOUL, id, true);
      vm.prank(senders[i]);
      consents.revokeSigned(SEOUL, id, signature);
      vm.assertEq(_status(id), uint256(IConsentRegistry.Status.Revoked));
    }
  }

  function test_theyRevokeWhileHospitalsAreSuspended() public {
    _grant(_terms(0));
    _suspendSelf(SEOUL);
    _suspendSelf(BUSAN);
    _revokeBy(PATIENT, _publisher(BUSAN));
    vm.assertEq(_status(ID), uint256(IConsentRegistry.Status.Revoked));
  }

  function test_anEarlySignatureRevokesLaterVersions() public {
    _grant(_terms(0));
    bytes memory early = _sign(PATIENT, _hashRevoke(SEOUL, ID));
    _grant(IConsentRegistry.Grant(ID, SEOUL, OTHER_CONTENT, year, 1, hour));
    vm.warp(year + 1);
    consents.revokeSigned(SEOUL, ID, early);
    vm.assertEq(_status(ID), uint256(IConsentRegistry.Status.Revoked));
  }

  function test_nobodyBringsARevokedConsentBack() public {
    _grant(_terms(0));
    IConsentRegistry.Grant memory held = _terms(1);
    bytes memory signature = _sign(PATIENT, _hash(held));
    _revokeBy(PATIENT, _stranger());
    bytes memory refusal = _is(LedgerRules.ConsentRevoked.selector);
    _refuse(refusal, held, signature);
    vm.expectRevert(refusal);
    _revokeBy(PATIENT, _stranger());
    vm.prank(_publisher(SEOUL));
    vm.expectRevert(refusal);
    consents.revoke(SEOUL, ID);
  }

  function test_theCustodianRevokesTheirConsentToo() public {
    _grant(_terms(0));
    vm.prank(_publisher(SEOUL));
    consents.revoke(SEOUL, ID);
    _refuseGrant(_is(LedgerRules.ConsentRevoked.selector), _terms(1));
    vm.expectRevert(_is(LedgerRules.ConsentRevoked.selector));
    _revokeBy(PATIENT, _stranger());
  }

  function test_anExpiredConsentIsNotGrantedAgain() public {
    uint64 soon = _now() + 30 minutes;
    IConsentRegistry.Grant memory terms = _terms(0);
    terms.expiry = soon;
    _grant(terms);
    vm.warp(soon);
    _refuseGrant(abi.encodeWithSelector(LedgerRules.ConsentExpired.selector, soon, soon), _terms(1));
  }

  function test_revocationsNeedTheRightSignature() public {
    _grant(_terms(0));
    bytes memory elsewhere = _sign(PATIENT, _hashRevoke(SEOUL, OTHER_ID));
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.ConsentUnknown.selector, SEOUL, OTHER_ID));
    consents.revokeSigned(SEOUL, OTHER_ID, elsewhere);
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.ConsentUnknown.selector, BUSAN, ID));
    consents.revokeSigned(BUSAN, ID, elsewhere);
    vm.expectPartialRevert(LedgerRules.SignerMismatch.selector);
    consents.revokeSigned(SEOUL, ID, elsewhere);
    bytes memory grant = _sign(PATIENT, _hash(_terms(0)));
    vm.expectPartialRevert(LedgerRules.SignerMismatch.selector);
    consents.revokeSigned(SEOUL, ID, grant);
    bytes memory mirrored = _mirrored(_sign(PATIENT, _hashRevoke(SEOUL, ID)));
    vm.expectPartialRevert(LedgerRules.SignatureMalleable.selector);
    consents.revokeSigned(SEOUL, ID, mirrored);
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.SignatureInvalid.selector));
    consents.revokeSigned(SEOUL, ID, "");
    vm.assertEq(_status(ID), uint256(IConsentRegistry.Status.Active));
  }

  // Retiring

  function test_aRetiredKeyGrantsNoMoreAndStillRevokes() public {
    _grant(_terms(0));
    vm.expectEmit(address(consents));
    emit IConsentRegistry.PatientKeyTakenOut(SEOUL, _account(PATIENT));
    vm.prank(_publisher(SEOUL));
    consents.retirePatientKey(SEOUL, _account(PATIENT));
    IConsentRegistry.PatientKey memory want = IConsentRegistry.PatientKey(true, true, 1);
    vm.assertEq(abi.encode(consents.patientKey(SEOUL, _account(PATIENT))), abi.encode(want));
    bytes memory refusal = _key(LedgerRules.PatientKeyRetired.selector, PATIENT);
    _refuseGrant(refusal, _terms(1));
    vm.prank(_publisher(SEOUL));
    vm.expectRevert(refusal);
    consents.retirePatientKey(SEOUL, _account(PATIENT));
    bytes memory signature = _sign(PATIENT, _hashRegister(SEOUL, _account(PATIENT), hour));
    vm.prank(_publisher(SEOUL));
    vm.expectRevert(_key(LedgerRules.PatientKeyExists.selector, PATIENT));
    consents.registerPatientKey(SEOUL, _account(PATIENT), hour, signature);
    _revokeBy(PATIENT, _stranger());
    vm.assertEq(_status(ID), uint256(IConsentRegistry.Status.Revoked));
  }

  function test_onlyAKnownKeyIsRetired() public {
    vm.prank(_publisher(SEOUL));
    vm.expectRevert(_key(LedgerRules.PatientKeyUnknown.selector, OTHER));
    consents.retirePatientKey(SEOUL, _account(OTHER));
  }
}
