// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Forms} from "./Forms.sol";
import {ICheckpointRegistry} from "./ICheckpointRegistry.sol";
import {IHospitalRegistry} from "./IHospitalRegistry.sol";
import {MerkleProofs} from "./MerkleProofs.sol";

/// @title The accepted tree heads of every hospital's logs
contract CheckpointRegistry is ICheckpointRegistry {
  enum State {
    None,
    Open,
    Closed
  }

  struct Accepted {
    bytes32 root;
    uint64 blockNumber;
  }

  struct Log {
    uint64 size;
    uint64 predecessorSize;
    State state;
    bytes32 predecessorRoot;
    string origin;
    mapping(uint64 size => Accepted) heads;
  }

  struct LogId {
    bytes32 hospital;
    uint32 number;
  }

  IHospitalRegistry private immutable _hospitals;
  mapping(bytes32 hospital => mapping(uint32 number => Log)) private _logs;
  mapping(bytes32 hospital => uint32) private _logCount;
  mapping(bytes32 originHash => LogId) private _origins;

  /// @param hospitals the registry that says who may publish, and that alone opens logs
  constructor(IHospitalRegistry hospitals) {
    _hospitals = hospitals;
  }

  modifier onlyHospitals() {
    if (msg.sender != address(_hospitals)) {
      revert CheckpointRegistryForeignCaller(msg.sender, address(_hospitals));
    }
    _;
  }

  /// @inheritdoc ICheckpointRegistry
  function publish(bytes32 hospital, uint32 log, uint64 from, uint64 size, bytes32 root, bytes32[] calldata proof)
    external
    returns (uint64 blockNumber)
  {
    Forms.requireSize(size);
    _hospitals.requireActivePublisher(hospital, msg.sender);
    Log storage target = _known(hospital, log);
    if (size == 0) {
      revert CheckpointEmpty();
    }
    if (size <= target.size) {
      return _earlier(target, size, root);
    }
    _requireOpen(target, hospital, log);
    _requireExtension(target, from, size, root, proof);
    blockNumber = uint64(block.number);
    target.size = size;
    target.heads[size] = Accepted(root, blockNumber);
    emit CheckpointPublished(hospital, log, size, root);
  }

  /// @inheritdoc ICheckpointRegistry
  function openFirst(bytes32 hospital, string calldata origin) external onlyHospitals {
    _open(hospital, 1, origin, 0, 0);
  }

  /// @inheritdoc ICheckpointRegistry
  function replaceLog(bytes32 hospital, uint32 log, string calldata origin) external onlyHospitals {
    Log storage closed = _logs[hospital][log];
    closed.state = State.Closed;
    _open(hospital, log + 1, origin, closed.size, _root(closed));
  }

  /// @inheritdoc ICheckpointRegistry
  function latest(bytes32 hospital, uint32 log) external view returns (Checkpoint memory) {
    Log storage target = _logs[hospital][log];
    return _checkpoint(target, target.size);
  }

  /// @inheritdoc ICheckpointRegistry
  function checkpointAt(bytes32 hospital, uint32 log, uint64 size) external view returns (Checkpoint memory) {
    return _checkpoint(_logs[hospital][log], size);
  }

  /// @inheritdoc ICheckpointRegistry
  function logRecord(bytes32 hospital, uint32 log) external view returns (LogRecord memory) {
    Log storage target = _logs[hospital][log];
    return LogRecord({
      origin: target.origin,
      size: target.size,
      root: target.state == State.None ? bytes32(0) : _root(target),
      predecessorSize: target.predecessorSize,
      predecessorRoot: target.predecessorRoot,
      open: target.state == State.Open
    });
  }

  /// @inheritdoc ICheckpointRegistry
  function logCount(bytes32 hospital) external view returns (uint32) {
    return _logCount[hospital];
  }

  /// @inheritdoc ICheckpointRegistry
  function verifyInclusion(
    bytes32 hospital,
    uint32 log,
    uint64 size,
    uint64 index,
    bytes32 leaf,
    bytes32[] calldata proof
  ) external view returns (bool) {
    Accepted storage head = _logs[hospital][log].heads[size];
    return head.blockNumber != 0 && MerkleProofs.isIncluded(index, leaf, size, head.root, proof);
  }

  /// @inheritdoc ICheckpointRegistry
  function requireUnusedOrigin(string calldata origin) external view {
    _requireUnusedOrigin(origin);
  }

  /// @inheritdoc ICheckpointRegistry
  function requireReplaceable(bytes32 hospital, uint32 log, uint64 lastSize, bytes32 lastRoot, string calldata origin)
    external
    view
  {
    Log storage target = _known(hospital, log);
    _requireOpen(target, hospital, log);
    bytes32 root = _root(target);
    if (lastSize != target.size || lastRoot != root) {
      revert LogHeadMismatch(lastSize, lastRoot, target.size, root);
    }
    _requireUnusedOrigin(origin);
  }

  function _open(
    bytes32 hospital,
    uint32 number,
    string calldata origin,
    uint64 predecessorSize,
    bytes32 predecessorRoot
  ) private {
    Log storage opened = _logs[hospital][number];
    opened.state = State.Open;
    opened.origin = origin;
    opened.predecessorSize = predecessorSize;
    opened.predecessorRoot = predecessorRoot;
    _logCount[hospital] = number;
    _origins[keccak256(bytes(origin))] = LogId(hospital, number);
    emit LogOpened(hospital, number, origin, predecessorSize, predecessorRoot);
  }

  function _earlier(Log storage log, uint64 size, bytes32 root) private view returns (uint64 blockNumber) {
    Accepted storage head = log.heads[size];
    blockNumber = head.blockNumber;
    if (blockNumber == 0) {
      revert CheckpointShrinks(size, log.size);
    }
    if (head.root != root) {
      revert CheckpointConflicts(size, root, head.root);
    }
  }

  function _requireExtension(Log storage log, uint64 from, uint64 size, bytes32 root, bytes32[] calldata proof)
    private
    view
  {
    uint64 oldSize = log.size;
    if (from != oldSize) {
      revert CheckpointStaleSize(from, oldSize);
    }
    bytes32 oldRoot = _root(log);
    bool grown = oldSize == 0 ? proof.length == 0 : MerkleProofs.isExtension(oldSize, oldRoot, size, root, proof);
    if (!grown) {
      revert ConsistencyProofInvalid(size, root, oldSize, oldRoot);
    }
  }

  function _known(bytes32 hospital, uint32 number) private view returns (Log storage log) {
    log = _logs[hospital][number];
    if (log.state == State.None) {
      revert LogUnknown(hospital, number);
    }
  }

  function _requireOpen(Log storage log, bytes32 hospital, uint32 number) private view {
    if (log.state != State.Open) {
      revert LogClosed(hospital, number);
    }
  }

  function _requireUnusedOrigin(string calldata origin) private view {
    LogId storage user = _origins[keccak256(bytes(origin))];
    if (user.number != 0) {
      revert LogOriginInUse(origin, user.hospital, user.number);
    }
  }

  function _root(Log storage log) private view returns (bytes32) {
    return log.size == 0 ? MerkleProofs.EMPTY_ROOT : log.heads[log.size].root;
  }

  function _checkpoint(Log storage log, uint64 size) private view returns (Checkpoint memory) {
    Accepted storage head = log.heads[size];
    return Checkpoint(head.blockNumber == 0 ? 0 : size, head.root, head.blockNumber);
  }
}
