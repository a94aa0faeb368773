// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICheckpointRegistry} from "./ICheckpointRegistry.sol";
import {IConsentRegistry} from "./IConsentRegistry.sol";
import {LedgerRules} from "./LedgerRules.sol";

/// @title Who is a member
/// @notice Members decide by strict majority of the members that are active when a proposal is executed; from three
/// active members up the hospital concerned is not one of them. A vote counts while the key that cast it is its
/// hospital's owner key. Each function names its refusals in the order in which they are checked; what has no form is
/// refused before all of them by `ValueMalformed`. Views answer zeros for what is not there and never revert.
interface IHospitalRegistry is LedgerRules {
  /// @notice A hospital as the members see it.
  /// @param id 1 to 32 ASCII characters of a-z 0-9 . -, not starting with . or -, from the left, padded with zeros
  /// @param name for people, UTF-8, 1 to 200 UTF-16 units
  /// @param fhirBaseUrl http(s) URL of at most 500 characters, in ASCII, without user, query and fragment
  /// @param owner votes and changes this record; its key is kept offline
  /// @param publisher publishes checkpoints and records consents, nothing else
  /// @param active false while suspended
  /// @param logVkey C2SP verifier key of the open log: origin+8 hex digits+base64
  /// @param tokenKeys JWKS document, UTF-8, at most 16384 bytes
  struct Hospital {
    bytes32 id;
    string name;
    string fhirBaseUrl;
    address owner;
    address publisher;
    bool active;
    string logVkey;
    bytes tokenKeys;
  }

  /// @notice What the members can decide by vote.
  enum MotionKind {
    Admit,
    Suspend,
    Readmit,
    ReplaceOwner,
    ReplaceLog
  }

  /// @notice A motion; what its kind does not need is zero.
  /// @param hospital the one concerned
  /// @param candidate Admit: the hospital to take in
  /// @param owner ReplaceOwner: the new owner key
  /// @param log ReplaceLog: number of the log that is closed
  /// @param lastSize ReplaceLog: size at which it is closed
  /// @param lastRoot ReplaceLog: root at which it is closed; of an empty log the SHA-256 of nothing
  /// @param logVkey ReplaceLog: key of the successor, with an origin that no log had
  struct Motion {
    MotionKind kind;
    bytes32 hospital;
    Hospital candidate;
    address owner;
    uint32 log;
    uint64 lastSize;
    bytes32 lastRoot;
    string logVkey;
  }

  /// @notice A hospital's vote, with the owner key that cast it.
  struct Vote {
    bytes32 hospital;
    address owner;
  }

  /// @notice A motion and the votes for it.
  /// @param number from 1, in order of proposing
  /// @param proposer owner key that proposed
  /// @param expires second from which on nobody votes on it or executes it
  /// @param votes as cast; which of them count is decided at execution
  struct Proposal {
    uint64 number;
    address proposer;
    uint64 expires;
    bool executed;
    Motion motion;
    Vote[] votes;
  }

  /// @notice A hospital was taken in, as a founder or by vote.
  event HospitalAdmitted(bytes32 indexed hospital, Hospital record);
  /// @notice A hospital was suspended, by vote or by itself.
  event HospitalSuspended(bytes32 indexed hospital);
  /// @notice A suspended hospital is active again.
  event HospitalReadmitted(bytes32 indexed hospital);
  /// @notice The members gave a hospital another owner key.
  event OwnerReplaced(bytes32 indexed hospital, address owner);
  /// @notice Another name or FHIR base URL.
  event EndpointChanged(bytes32 indexed hospital, string name, string fhirBaseUrl);
  /// @notice Another publisher key.
  event PublisherChanged(bytes32 indexed hospital, address publisher);
  /// @notice Another key of the open log, by the owner or because a successor was opened.
  event LogVkeyChanged(bytes32 indexed hospital, string logVkey);
  /// @notice Other token keys.
  event TokenKeysChanged(bytes32 indexed hospital, bytes tokenKeys);
  /// @notice A motion was made; its first `VoteCast` follows.
  event MotionProposed(
    uint64 indexed number, bytes32 indexed hospital, address indexed proposer, uint64 expires, Motion motion
  );
  /// @notice A member is for it.
  event VoteCast(uint64 indexed number, bytes32 indexed hospital, address owner);
  /// @notice The members decided and it was done; what changed follows or precedes as events of its own.
  event MotionCarried(uint64 indexed number, bytes32 indexed hospital);

  /// @notice Proposes to take in a hospital and votes for it; its first log starts empty.
  /// @dev SenderNotMember, HospitalExists, AddressInUse (owner, then publisher), LogOriginInUse.
  /// @param candidate must say active
  /// @return number the proposal's
  function proposeAdmission(Hospital calldata candidate) external returns (uint64 number);

  /// @notice Proposes to take a hospital's part in everything away and votes for it.
  /// @dev SenderNotMember, HospitalUnknown, MembershipUnchanged, SuspensionNeedsThree.
  /// @return number the proposal's
  function proposeSuspension(bytes32 id) external returns (uint64 number);

  /// @notice Proposes to end a suspension and votes for it.
  /// @dev SenderNotMember, HospitalUnknown, MembershipUnchanged.
  /// @return number the proposal's
  function proposeReadmission(bytes32 id) external returns (uint64 number);

  /// @notice Proposes another owner key in place of a lost or stolen one and votes for it.
  /// @dev SenderNotMember, HospitalUnknown, AddressInUse.
  /// @return number the proposal's
  function proposeOwner(bytes32 id, address owner) external returns (uint64 number);

  /// @notice Proposes to close the sender's own log, whose leaves are truly lost, and to open its successor.
  /// @dev SenderNotMember, HospitalUnknown, SenderNotOwner, HospitalNotActive, LogUnknown, LogClosed, LogHeadMismatch,
  /// LogOriginInUse.
  /// @param lastSize the size at which the ledger stands, named so that nobody votes for another break
  /// @param lastRoot the root at which it stands
  /// @return number the proposal's
  function proposeLog(bytes32 id, uint32 log, uint64 lastSize, bytes32 lastRoot, string calldata logVkey)
    external
    returns (uint64 number);

  /// @notice Votes for a proposal whose motion the voter has seen.
  /// @dev ProposalUnknown, SenderNotMember, ProposalExecuted, ProposalExpired, ProposalOtherMotion, ProposalAlreadyVoted.
  /// @param motion `keccak256(abi.encode(motion))` of what was seen, so that nobody is shown one motion and votes for
  /// another
  function vote(uint64 number, bytes32 motion) external;

  /// @notice Counts the votes and does it; sent by the owner of any active hospital.
  /// @dev ProposalUnknown, SenderNotMember, ProposalExecuted, ProposalExpired, ProposalLacksMajority, and what proposing
  /// it would be refused by.
  function execute(uint64 number) external;

  /// @notice The owner suspends its own hospital: at once, without a vote.
  /// @dev HospitalUnknown, SenderNotOwner, MembershipUnchanged, LastActiveMember.
  function suspendSelf(bytes32 id) external;

  /// @notice The owner changes name and FHIR base URL.
  /// @dev HospitalUnknown, SenderNotOwner.
  function changeEndpoint(bytes32 id, string calldata name, string calldata fhirBaseUrl) external;

  /// @notice The owner changes the publisher key.
  /// @dev HospitalUnknown, SenderNotOwner, AddressInUse.
  function changePublisher(bytes32 id, address publisher) external;

  /// @notice The owner gives the open log another key.
  /// @dev HospitalUnknown, SenderNotOwner, LogOriginFixed.
  function changeLogVkey(bytes32 id, string calldata logVkey) external;

  /// @notice The owner changes the token keys.
  /// @dev HospitalUnknown, SenderNotOwner.
  function changeTokenKeys(bytes32 id, bytes calldata tokenKeys) external;

  /// @notice The hospital of this id; all zeros if there is none.
  function hospital(bytes32 id) external view returns (Hospital memory);

  /// @notice The ids of all hospitals that were ever admitted, in order of admission.
  function hospitalIds() external view returns (bytes32[] memory);

  /// @notice The proposal of this number; all zeros if there is none.
  function proposal(uint64 number) external view returns (Proposal memory);

  /// @notice How many proposals there are; their numbers are 1 to this.
  function proposalCount() external view returns (uint64);

  /// @notice Seconds from proposing to the end of a proposal.
  function proposalLifetime() external view returns (uint64);

  /// @notice The registry of tree heads that belongs to this ledger.
  function checkpoints() external view returns (ICheckpointRegistry);

  /// @notice The registry of consents that belongs to this ledger.
  function consents() external view returns (IConsentRegistry);

  /// @notice Returns if the sender is the hospital's publisher, suspended or not.
  /// @dev Reverts by HospitalUnknown, SenderNotPublisher.
  function requirePublisher(bytes32 id, address sender) external view;

  /// @notice Returns if the sender is the publisher of this active hospital.
  /// @dev Reverts by HospitalUnknown, SenderNotPublisher, HospitalNotActive.
  function requireActivePublisher(bytes32 id, address sender) external view;

  /// @notice The active hospital whose publisher sends.
  /// @dev Reverts by SenderNotPublisher, HospitalNotActive.
  function requireRelay(address sender) external view returns (bytes32 id);
}
