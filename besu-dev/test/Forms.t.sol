// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Forms} from "../contracts/Forms.sol";
import {LedgerRules} from "../contracts/LedgerRules.sol";
import {vm} from "./Vm.sol";

/// The same texts as the Java types are tested with: what stands on the chain can be read by everybody.
contract FormsTest {
  string private json;

  function setUp() public {
    json = vm.readFile("../provenance-ledger/src/test/resources/org/sillok/ledger/forms.json");
  }

  function requireHospitalId(string calldata text) external pure {
    require(bytes(text).length <= 32, LedgerRules.ValueMalformed("id"));
    Forms.requireHospitalId(bytes32(bytes(text)));
  }

  function requireName(string calldata text) external pure {
    Forms.requireName(text);
  }

  function requireUrl(string calldata text) external pure {
    Forms.requireUrl(text);
  }

  function requireVkey(string calldata text) external pure {
    Forms.requireVkey(text);
  }

  function requireTokenKeys(bytes calldata keys) external pure {
    Forms.requireTokenKeys(keys);
  }

  function origin(string calldata vkey) external pure returns (string memory) {
    return Forms.origin(vkey);
  }

  function test_hospitalIds() public view {
    _check("hospitalId", "id", this.requireHospitalId);
  }

  function test_names() public view {
    _check("name", "name", this.requireName);
  }

  function test_fhirBaseUrls() public view {
    _check("fhirBaseUrl", "fhirBaseUrl", this.requireUrl);
    _refuse(".fhirBaseUrl.refusedByContracts", "fhirBaseUrl", this.requireUrl);
  }

  function test_verifierKeys() public view {
    _check("logVkey", "logVkey", this.requireVkey);
  }

  function test_anOriginEndsBeforeTheFirstPlus() public view {
    vm.assertEq(this.origin("seoul.example/log+0123abcd+A+/9"), "seoul.example/log");
  }

  function test_anIdEndsWithItsZeros() public {
    bytes32[4] memory wrong = [bytes32(0), bytes32("a\x00b"), bytes32(uint256(1)), bytes32("\x00a")];
    for (uint256 i = 0; i < wrong.length; i++) {
      vm.expectRevert(abi.encodeWithSelector(LedgerRules.ValueMalformed.selector, "id"));
      this.idOf(wrong[i]);
    }
    this.idOf("a");
  }

  function idOf(bytes32 id) external pure {
    Forms.requireHospitalId(id);
  }

  function test_onlyStrictUtf8IsText() public {
    bytes[18] memory wrong = [
      bytes(hex"80"),
      hex"bf",
      hex"c0af",
      hex"c1bf",
      hex"c2",
      hex"c220",
      hex"c2c2",
      hex"e0809f",
      hex"e09fbf",
      hex"e182",
      hex"eda080",
      hex"edbfbf",
      hex"f08fbfbf",
      hex"f4908080",
      hex"f5808080",
      hex"ff",
      hex"fe",
      hex"f0908080c3"
    ];
    for (uint256 i = 0; i < wrong.length; i++) {
      vm.expectRevert(abi.encodeWithSelector(LedgerRules.ValueMalformed.selector, "tokenKeys"));
      this.requireTokenKeys(wrong[i]);
      vm.expectRevert(abi.encodeWithSelector(LedgerRules.ValueMalformed.selector, "name"));
      this.requireName(string(wrong[i]));
      vm.expectRevert(abi.encodeWithSelector(LedgerRules.ValueMalformed.selector, "logVkey"));
      this.requireVkey(string(abi.encodePacked(wrong[i], "+0123abcd+AAAA")));
    }
    bytes[8] memory right =
      [bytes(hex""), hex"00", hex"c280", hex"dfbf", hex"e0a080", hex"ed9fbfee8080", hex"efbfbff0908080", hex"f48fbfbf"];
    for (uint256 i = 0; i < right.length; i++) {
      this.requireTokenKeys(right[i]);
    }
  }

  function test_tokenKeysHaveAnEnd() public {
    this.requireTokenKeys(new bytes(16384));
    vm.expectRevert(abi.encodeWithSelector(LedgerRules.ValueMalformed.selector, "tokenKeys"));
    this.requireTokenKeys(new bytes(16385));
  }

  function test_anythingIsJudgedAndNothingPanics(bytes calldata text) public view {
    _judge(this.requireName, text);
    _judge(this.requireUrl, text);
    _judge(this.requireUrl, bytes.concat("https://", text));
    _judge(this.requireVkey, text);
    _judge(this.requireVkey, bytes.concat("a+0123abcd+", text));
    _judge(this.requireHospitalId, text);
  }

  function _judge(function(string memory) external pure take, bytes memory text) private view {
    try this.judge(take, text) {}
    catch (bytes memory reason) {
      vm.assertEq(bytes32(bytes4(reason)), bytes32(LedgerRules.ValueMalformed.selector));
    }
  }

  function judge(function(string memory) external pure take, bytes memory text) external pure {
    take(string(text));
  }

  function _check(string memory form, string memory what, function(string memory) external pure take) private view {
    string[] memory accepted = vm.parseJsonStringArray(json, string.concat(".", form, ".accepted"));
    vm.assertTrue(accepted.length > 0);
    for (uint256 i = 0; i < accepted.length; i++) {
      try take(accepted[i]) {}
      catch {
        vm.assertTrue(false, accepted[i]);
      }
    }
    _refuse(string.concat(".", form, ".refused"), what, take);
  }

  function _refuse(string memory path, string memory what, function(string memory) external pure take) private view {
    string[] memory refused = vm.parseJsonStringArray(json, path);
    vm.assertTrue(refused.length > 0);
    for (uint256 i = 0; i < refused.length; i++) {
      try take(refused[i]) {
        vm.assertTrue(false, refused[i]);
      } catch (bytes memory reason) {
        vm.assertEq(reason, abi.encodeWithSelector(LedgerRules.ValueMalformed.selector, what));
      }
    }
  }
}
