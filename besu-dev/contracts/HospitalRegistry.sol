// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CheckpointRegistry} from "./CheckpointRegistry.sol";
import {ConsentRegistry} from "./ConsentRegistry.sol";
import {Forms} from "./Forms.sol";
import {ICheckpointRegistry} from "./ICheckpointRegistry.sol";
import {IConsentRegistry} from "./IConsentRegistry.sol";
import {IHospitalRegistry} from "./IHospitalRegistry.sol";
import {Members} from "./Members.sol";

/// @title Who is a member, and what the members decide together
/// @notice Deploying it deploys the whole ledger: it creates the other two registries, which know it for ever.
contract HospitalRegistry is Members {
  uint64 private constant LIFETIME = 7 days;

  /// From here on the hospital concerned has no vote and can be suspended by the others.
  uint256 private constant QUORUM_OF_OTHERS = 3;

  ICheckpointRegistry private immutable _checkpoints;
  IConsentRegistry private immutable _consents;
  Proposal[] private _proposals;
  mapping(uint64 number => bytes32) private _motions;
  mapping(uint64 number => mapping(bytes32 hospital => mapping(address owner => bool))) private _voted;

  /// @param founders the first members, at least one
  constructor(Hospital[] memory founders) {
    _checkpoints = new CheckpointRegistry(this);
    _consents = new ConsentRegistry(this);
    Forms.require_(founders.length > 0, "founders");
    for (uint256 i = 0; i < founders.length; i++) {
      _requireForm(founders[i]);
      _requireAdmissible(founders[i]);
      _admit(founders[i]);
    }
  }

  /// @inheritdoc IHospitalRegistry
  function proposeAdmission(Hospital calldata candidate) external returns (uint64) {
    _requireForm(candidate);
    Motion memory motion;
    motion.kind = MotionKind.Admit;
    motion.hospital = candidate.id;
    motion.candidate = candidate;
    return _propose(motion);
  }

  /// @inheritdoc IHospitalRegistry
  function proposeSuspension(bytes32 id) external returns (uint64) {
    return _propose(_motion(MotionKind.Suspend, id));
  }

  /// @inheritdoc IHospitalRegistry
  function proposeReadmission(bytes32 id) external returns (uint64) {
    return _propose(_motion(MotionKind.Readmit, id));
  }

  /// @inheritdoc IHospitalRegistry
  function proposeOwner(bytes32 id, address owner) external returns (uint64) {
    Forms.require_(owner != address(0), "owner");
    Motion memory motion = _motion(MotionKind.ReplaceOwner, id);
    motion.owner = owner;
    return _propose(motion);
  }

  /// @inheritdoc IHospitalRegistry
  function proposeLog(bytes32 id, uint32 log, uint64 lastSize, bytes32 lastRoot, string calldata logVkey)
    external
    returns (uint64)
  {
    Forms.requireSize(lastSize);
    Forms.requireVkey(logVkey);
    Motion memory motion = _motion(MotionKind.ReplaceLog, id);
    motion.log = log;
    motion.lastSize = lastSize;
    motion.lastRoot = lastRoot;
    motion.logVkey = logVkey;
    return _propose(motion);
  }

  /// @inheritdoc IHospitalRegistry
  function vote(uint64 number, bytes32 motion) external {
    Proposal storage open = _proposed(number);
    bytes32 voter = _member(msg.sender);
    _requireOpen(open);
    if (motion != _motions[number]) {
      revert ProposalOtherMotion(motion, _motions[number]);
    }
    if (_voted[number][voter][msg.sender]) {
      revert ProposalAlreadyVoted(number, voter);
    }
    _vote(open, voter);
  }

  /// @inheritdoc IHospitalRegistry
  function execute(uint64 number) external {
    Proposal storage open = _proposed(number);
    _member(msg.sender);
    _requireOpen(open);
    _requireMajority(open);
    Motion memory motion = open.motion;
    _requireFeasible(motion, open.proposer);
    open.executed = true;
    _carryOut(motion);
    emit MotionCarried(number, motion.hospital);
  }

  /// @inheritdoc IHospitalRegistry
  function proposal(uint64 number) external view returns (Proposal memory found) {
    if (number > 0 && number <= _proposals.length) {
      found = _proposals[number - 1];
    }
  }

  /// @inheritdoc IHospitalRegistry
  function proposalCount() external view returns (uint64) {
    return uint64(_proposals.length);
  }

  /// @inheritdoc IHospitalRegistry
  function proposalLifetime() external pure returns (uint64) {
    return LIFETIME;
  }

  /// @inheritdoc IHospitalRegistry
  function consents() external view returns (IConsentRegistry) {
    return _consents;
  }

  /// @inheritdoc IHospitalRegistry
  function checkpoints() public view override returns (ICheckpointRegistry) {
    return _checkpoints;
  }

  function _propose(Motion memory motion) private returns (uint64 number) {
    bytes32 proposer = _member(msg.sender);
    _requireFeasible(motion, msg.sender);
    Proposal storage made = _proposals.push();
    number = uint64(_proposals.length);
    made.number = number;
    made.proposer = msg.sender;
    made.expires = uint64(block.timestamp) + LIFETIME;
    made.motion = motion;
    _motions[number] = keccak256(abi.encode(motion));
    emit MotionProposed(number, motion.hospital, msg.sender, made.expires, motion);
    _vote(made, proposer);
  }

  function _vote(Proposal storage open, bytes32 voter) private {
    _voted[open.number][voter][msg.sender] = true;
    open.votes.push(Vote(voter, msg.sender));
    emit VoteCast(open.number, voter, msg.sender);
  }

  function _carryOut(Motion memory motion) private {
    if (motion.kind == MotionKind.Admit) {
      _admit(motion.candidate);
    } else if (motion.kind == MotionKind.Suspend) {
      _setActive(motion.hospital, false);
    } else if (motion.kind == MotionKind.Readmit) {
      _setActive(motion.hospital, true);
    } else if (motion.kind == MotionKind.ReplaceOwner) {
      _setOwner(motion.hospital, motion.owner);
    } else {
      _checkpoints.replaceLog(motion.hospital, motion.log, Forms.origin(motion.logVkey));
      _setLogVkey(motion.hospital, motion.logVkey);
    }
  }

  function _proposed(uint64 number) private view returns (Proposal storage) {
    if (number == 0 || number > _proposals.length) {
      revert ProposalUnknown(number);
    }
    return _proposals[number - 1];
  }

  function _requireOpen(Proposal storage open) private view {
    if (open.executed) {
      revert ProposalExecuted(open.number);
    }
    if (block.timestamp >= open.expires) {
      revert ProposalExpired(uint64(block.timestamp), open.expires);
    }
  }

  function _requireMajority(Proposal storage open) private view {
    bytes32[] storage ids = _allIds();
    bytes32 excluded = _active() < QUORUM_OF_OTHERS ? bytes32(0) : open.motion.hospital;
    uint256 members = 0;
    uint256 votes = 0;
    for (uint256 i = 0; i < ids.length; i++) {
      Hospital storage each = _known(ids[i]);
      if (each.active && ids[i] != excluded) {
        members++;
        votes += _voted[open.number][ids[i]][each.owner] ? 1 : 0;
      }
    }
    if (votes * 2 <= members) {
      revert ProposalLacksMajority(votes, members);
    }
  }

  function _requireFeasible(Motion memory motion, address proposer) private view {
    if (motion.kind == MotionKind.Admit) {
      _requireAdmissible(motion.candidate);
    } else if (motion.kind == MotionKind.Suspend) {
      _requireMembership(motion.hospital, true);
      if (_active() < QUORUM_OF_OTHERS) {
        revert SuspensionNeedsThree(_active());
      }
    } else if (motion.kind == MotionKind.Readmit) {
      _requireMembership(motion.hospital, false);
    } else if (motion.kind == MotionKind.ReplaceOwner) {
      _known(motion.hospital);
      _requireUnused(motion.owner);
    } else {
      _requireActive(_ownedBy(proposer, motion.hospital), motion.hospital);
      _checkpoints.requireReplaceable(
        motion.hospital, motion.log, motion.lastSize, motion.lastRoot, Forms.origin(motion.logVkey)
      );
    }
  }

  function _requireMembership(bytes32 id, bool active) private view {
    if (_known(id).active != active) {
      revert MembershipUnchanged(id, !active);
    }
  }

  function _motion(MotionKind kind, bytes32 id) private pure returns (Motion memory motion) {
    motion.kind = kind;
    motion.hospital = id;
  }
}
