// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// The cheat codes of forge that the tests use.
interface Vm {
  struct Log {
    bytes32[] topics;
    bytes data;
    address emitter;
  }

  function addr(uint256 secret) external pure returns (address);

  function sign(uint256 secret, bytes32 digest) external pure returns (uint8 v, bytes32 r, bytes32 s);

  function prank(address sender) external;

  function warp(uint256 time) external;

  function roll(uint256 number) external;

  function chainId(uint256 id) external;

  function assume(bool condition) external pure;

  function expectRevert(bytes calldata data) external;

  function expectRevert(bytes4 selector) external;

  function expectPartialRevert(bytes4 selector) external;

  function expectEmit(address emitter) external;

  function recordLogs() external;

  function getRecordedLogs() external returns (Log[] memory);

  function readFile(string calldata path) external view returns (string memory);

  function parseJsonUint(string calldata json, string calldata key) external pure returns (uint256);

  function parseJsonAddress(string calldata json, string calldata key) external pure returns (address);

  function parseJsonBytes32(string calldata json, string calldata key) external pure returns (bytes32);

  function parseJsonBytes(string calldata json, string calldata key) external pure returns (bytes memory);

  function parseJsonStringArray(string calldata json, string calldata key) external pure returns (string[] memory);

  function snapshotGasLastCall(string calldata group, string calldata name) external returns (uint256);

  function assertTrue(bool condition) external pure;

  function assertTrue(bool condition, string calldata message) external pure;

  function assertFalse(bool condition) external pure;

  function assertFalse(bool condition, string calldata message) external pure;

  function assertEq(uint256 got, uint256 want) external pure;

  function assertEq(uint256 got, uint256 want, string calldata message) external pure;

  function assertEq(address got, address want) external pure;

  function assertEq(bytes32 got, bytes32 want) external pure;

  function assertEq(string calldata got, string calldata want) external pure;

  function assertEq(bytes calldata got, bytes calldata want) external pure;

  function assertLe(uint256 got, uint256 limit, string calldata message) external pure;
}

// The address that forge answers cheat codes at.
Vm constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));
