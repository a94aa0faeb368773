// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LedgerRules} from "./LedgerRules.sol";

/// @title The accepted tree heads of every hospital's logs
/// @notice A log only grows, and every head that was ever accepted stays. A hospital's logs are numbered from 1; only
/// the last one is open. Views answer zeros for what is not there and never revert.
interface ICheckpointRegistry is LedgerRules {
  /// @notice A tree head that the ledger has accepted.
  /// @param size number of leaves, at most 2^53 - 1; 0 if there is no such head
  /// @param root RFC 6962 tree hash
  /// @param blockNumber the block in which it was accepted
  struct Checkpoint {
    uint64 size;
    bytes32 root;
    uint64 blockNumber;
  }

  /// @notice What the ledger knows of a log.
  /// @param origin fixed when the log was opened
  /// @param size newest accepted size, 0 before the first
  /// @param root newest accepted root, the SHA-256 of nothing before the first
  /// @param predecessorSize size at which the previous log was broken off; 0 for the first log
  /// @param predecessorRoot root at which the previous log was broken off; 0 for the first log
  /// @param open false once a successor took over
  struct LogRecord {
    string origin;
    uint64 size;
    bytes32 root;
    uint64 predecessorSize;
    bytes32 predecessorRoot;
    bool open;
  }

  /// @notice A log was opened. From number 2 on this closes the log before it, at the head that is named.
  event LogOpened(
    bytes32 indexed hospital, uint32 indexed log, string origin, uint64 predecessorSize, bytes32 predecessorRoot
  );
  /// @notice A tree head was accepted: once for each.
  event CheckpointPublished(bytes32 indexed hospital, uint32 indexed log, uint64 indexed size, bytes32 root);

  /// @notice Only the hospital registry opens logs.
  error CheckpointRegistryForeignCaller(address got, address want);

  /// @notice Publishes a tree head that extends the accepted one. A head that was accepted before is no refusal:
  /// nothing changes and nothing is emitted.
  /// @dev HospitalUnknown, SenderNotPublisher, HospitalNotActive, LogUnknown, CheckpointEmpty, then for sizes up to the
  /// newest CheckpointConflicts or CheckpointShrinks, then LogClosed, CheckpointStaleSize, ConsistencyProofInvalid.
  /// @param from the accepted size from which the proof starts, 0 before the first
  /// @param size the new tree's size
  /// @param root the new tree's root
  /// @param proof RFC 9162 §2.1.4 consistency proof; empty if `from` is 0
  /// @return blockNumber the block in which this head was accepted first
  function publish(bytes32 hospital, uint32 log, uint64 from, uint64 size, bytes32 root, bytes32[] calldata proof)
    external
    returns (uint64 blockNumber);

  /// @notice Opens the first log of a new hospital.
  /// @dev CheckpointRegistryForeignCaller; the caller has checked the origin.
  function openFirst(bytes32 hospital, string calldata origin) external;

  /// @notice Closes a log and opens its successor, as the members decided.
  /// @dev CheckpointRegistryForeignCaller; the caller has called `requireReplaceable`.
  function replaceLog(bytes32 hospital, uint32 log, string calldata origin) external;

  /// @notice The newest accepted head; zeros if there is none.
  function latest(bytes32 hospital, uint32 log) external view returns (Checkpoint memory);

  /// @notice The head accepted for exactly this size; zeros if there is none.
  function checkpointAt(bytes32 hospital, uint32 log, uint64 size) external view returns (Checkpoint memory);

  /// @notice The log of this number; zeros if there is none.
  function logRecord(bytes32 hospital, uint32 log) external view returns (LogRecord memory);

  /// @notice How many logs the hospital has had; their numbers are 1 to this, and the last one is open.
  function logCount(bytes32 hospital) external view returns (uint32);

  /// @notice Whether a leaf stands at a place in a tree whose head was accepted (RFC 9162 §2.1.3.2).
  /// @param size an accepted size; for every other one the answer is no
  /// @param index the leaf's place, from 0
  /// @param leaf the leaf's hash
  /// @param proof sibling hashes from the leaf up
  function verifyInclusion(
    bytes32 hospital,
    uint32 log,
    uint64 size,
    uint64 index,
    bytes32 leaf,
    bytes32[] calldata proof
  ) external view returns (bool);

  /// @notice Returns if no log has or had this origin.
  /// @dev Reverts by LogOriginInUse.
  function requireUnusedOrigin(string calldata origin) external view;

  /// @notice Returns if the log can be closed at this head in favour of a log of this origin.
  /// @dev Reverts by LogUnknown, LogClosed, LogHeadMismatch, LogOriginInUse.
  function requireReplaceable(bytes32 hospital, uint32 log, uint64 lastSize, bytes32 lastRoot, string calldata origin)
    external
    view;
}
