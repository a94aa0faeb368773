// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {HospitalRegistry} from "../contracts/HospitalRegistry.sol";
import {IConsentRegistry} from "../contracts/IConsentRegistry.sol";
import {IHospitalRegistry} from "../contracts/IHospitalRegistry.sol";
import {LedgerRules} from "../contracts/LedgerRules.sol";
import {NaiveTree} from "./NaiveTree.sol";
import {Signing} from "./Signing.sol";
import {vm} from "./Vm.sol";

/// Hospitals and patients that do whatever comes to their mind, right or wrong, and a book of what the ledger took. The
/// book is kept from what was sent and whether it was accepted; it never asks the contracts.
contract Actors is Signing {
  struct Head {
    bytes32 hospital;
    uint32 log;
    uint64 size;
    bytes32 root;
    uint64 blockNumber;
  }

  struct Entry {
    bytes32 commitment;
    address patientKey;
    uint64 expiry;
    uint64 version;
    bool revoked;
  }

  struct Key {
    bytes32 custodian;
    bytes32 id;
  }

  struct Member {
    address owner;
    bool admitted;
    bool active;
  }

  bytes32[5] public all = [SEOUL, BUSAN, DAEGU, JEJU, bytes32("ulsan")];
  NaiveTree public trees = new NaiveTree();
  uint64 private constant START = 1_800_000_000;

  uint64 public time = START;
  uint64 public height = 1;

  Head[] public heads;
  Key[] public keys;
  mapping(bytes32 hospital => mapping(uint32 log => bytes32)) public seeds;
  mapping(bytes32 custodian => mapping(bytes32 id => Entry)) public entries;
  mapping(bytes32 id => Member) public members;
  mapping(uint64 proposal => mapping(bytes32 hospital => address owner)) private _votes;
  mapping(address owner => string) private _names;
  uint256 private _fresh;

  /// What was accepted although the book says that it may not be, or refused although it must not be.
  string public wrongDecision;

  function found() external {
    _foundThree();
    for (uint256 i = 0; i < all.length; i++) {
      members[all[i]] = Member(_owner(all[i]), i < 3, i < 3);
    }
    this.register(0, 0, 0);
    this.register(0, 1 << 16, 0);
    this.register(1, 0, 0);
  }

  modifier timePasses(uint256 seed) {
    time += uint64(seed % 6 hours);
    height += 1;
    vm.warp(time);
    vm.roll(height);
    _;
  }

  // Logs

  function publish(uint256 who, uint256 step, uint256 seed, uint256 t) external timePasses(t) {
    (bytes32 hospital, uint32 log) = _log(who);
    uint64 from = _lastSize(hospital, log);
    bytes32 own = from == 0 ? keccak256(abi.encode(seed)) : seeds[hospital][log];
    _publish(_publisher(hospital), Head(hospital, log, from + 1 + uint64(step % 9), own, from));
  }

  function publishAnotherHistory(uint256 who, uint256 step, uint256 t) external timePasses(t) {
    (bytes32 hospital, uint32 log) = _log(who);
    uint64 from = _lastSize(hospital, log);
    _publish(_publisher(hospital), Head(hospital, log, from + 1 + uint64(step % 9), "forged", from));
  }

  function publishFromNothing(uint256 who, uint256 step, uint256 t) external timePasses(t) {
    (bytes32 hospital, uint32 log) = _log(who);
    if (_lastSize(hospital, log) > 0) {
      _publish(_publisher(hospital), Head(hospital, log, 1 + uint64(step % 90), "from nothing", 0));
    }
  }

  function publishForAnother(uint256 who, uint256 step, uint256 t) external timePasses(t) {
    (bytes32 hospital, uint32 log) = _log(who);
    uint64 from = _lastSize(hospital, log);
    _publish(_publisher(all[(who + 1) % 5]), Head(hospital, log, from + 1 + uint64(step % 9), "foreign", from));
  }

  function publishAgain(uint256 which, uint256 forged, uint256 t) external timePasses(t) {
    if (heads.length == 0) {
      return;
    }
    Head memory head = heads[which % heads.length];
    bytes32 root = forged % 2 == 0 ? head.root : keccak256("forged");
    vm.prank(_publisher(head.hospital));
    try checkpoints.publish(head.hospital, head.log, head.size, head.size, root, new bytes32[](0)) {
      if (root != head.root) {
        heads.push(Head(head.hospital, head.log, head.size, root, height));
      }
    } catch {}
  }

  // Consents

  function record(uint256 who, uint256 which, bytes32 commitment, uint256 lifetime, uint256 t) external timePasses(t) {
    (bytes32 custodian, bytes32 id) = _consent(who, which);
    uint64 expiry = _expiry(lifetime);
    vm.prank(_publisher(custodian));
    try consents.record(custodian, id, commitment, expiry) {
      _book(custodian, id, commitment, expiry, address(0));
    } catch {}
  }

  function amend(uint256 who, uint256 which, bytes32 commitment, uint256 lifetime, uint256 t) external timePasses(t) {
    (bytes32 custodian, bytes32 id) = _consent(who, which);
    uint64 expiry = _expiry(lifetime);
    uint64 version = entries[custodian][id].version;
    vm.prank(_publisher(custodian));
    try consents.amend(custodian, id, version, commitment, expiry) {
      _book(custodian, id, commitment, expiry, address(0));
    } catch {}
  }

  function revoke(uint256 who, uint256 which, uint256 t) external timePasses(t) {
    (bytes32 custodian, bytes32 id) = _consent(who, which);
    vm.prank(_publisher(custodian));
    try consents.revoke(custodian, id) {
      entries[custodian][id].revoked = true;
    } catch {}
  }

  function register(uint256 who, uint256 patient, uint256 t) external timePasses(t) {
    bytes32 custodian = _some(who);
    string memory name = _patient(patient);
    bytes memory signature = _sign(name, _hashRegister(custodian, _account(name), NEVER));
    vm.prank(_publisher(custodian));
    try consents.registerPatientKey(custodian, _account(name), NEVER, signature) {} catch {}
  }

  function grant(uint256 who, uint256 which, uint256 patient, bytes32 commitment, uint256 lifetime, uint256 t)
    external
    timePasses(t)
  {
    (bytes32 custodian, bytes32 id) = _consent(who, which);
    string memory name = _patient(patient);
    uint64 nonce = consents.patientKey(custodian, _account(name)).nonce;
    IConsentRegistry.Grant memory terms = IConsentRegistry.Grant(
      id, custodian, commitment, _expiry(lifetime), lifetime % 11 == 3 ? nonce + 1 : nonce, NEVER
    );
    bytes memory signature = _sign(name, _hash(terms));
    vm.prank(_publisher(_some(patient)));
    try consents.grant(terms, signature) {
      _book(custodian, id, commitment, terms.expiry, _account(name));
    } catch {}
  }

  function revokeSigned(uint256 who, uint256 which, uint256 patient, uint256 t) external timePasses(t) {
    (bytes32 custodian, bytes32 id) = _consent(who, which);
    string memory name = _patient(patient);
    bytes memory signature = _sign(name, _hashRevoke(custodian, id));
    try consents.revokeSigned(custodian, id, signature) {
      if (entries[custodian][id].patientKey != _account(name)) {
        wrongDecision = "a revocation of another key";
      }
      entries[custodian][id].revoked = true;
    } catch {}
  }

  // Members

  function propose(uint256 who, uint256 about, uint256 kind, uint256 t) external timePasses(t) {
    bytes32 by = _some(who);
    bytes32 hospital = _some(about);
    address sender = members[by].owner;
    if (kind % 5 == 0) {
      IHospitalRegistry.Hospital memory candidate = _hospital(hospital);
      vm.prank(sender);
      try hospitals.proposeAdmission(candidate) returns (uint64 number) {
        _votes[number][by] = sender;
      } catch {}
    } else if (kind % 5 == 1) {
      vm.prank(sender);
      try hospitals.proposeSuspension(hospital) returns (uint64 number) {
        _votes[number][by] = sender;
      } catch {}
    } else if (kind % 5 == 2) {
      vm.prank(sender);
      try hospitals.proposeReadmission(hospital) returns (uint64 number) {
        _votes[number][by] = sender;
      } catch {}
    } else if (kind % 5 == 3) {
      address fresh = _account(string.concat("owner ", string(abi.encodePacked(bytes32(_fresh++)))));
      vm.prank(sender);
      try hospitals.proposeOwner(hospital, fresh) returns (uint64 number) {
        _votes[number][by] = sender;
      } catch {}
    } else {
      uint32 log = checkpoints.logCount(by);
      uint64 size = _lastSize(by, log);
      bytes32 root = size == 0 ? EMPTY_ROOT : trees.root(seeds[by][log], size, 0, true);
      string memory vkey = _vkey(string.concat(_text(by), log == 1 ? "/2" : log == 2 ? "/3" : "/4"));
      vm.prank(sender);
      try hospitals.proposeLog(by, log, size, root, vkey) returns (uint64 number) {
        _votes[number][by] = sender;
      } catch {}
    }
  }

  /// The whole way at once, with the votes of whoever is in the mask.
  function decide(uint256 who, uint256 about, uint256 kind, uint256 mask, uint256 t) external {
    uint64 before = hospitals.proposalCount();
    this.propose(who, about, kind, t);
    if (hospitals.proposalCount() == before) {
      return;
    }
    for (uint256 i = 0; i < 5; i++) {
      if ((mask >> i) % 2 == 1) {
        this.vote(i, 0, t);
      }
    }
    this.execute(who, 0, t);
  }

  function vote(uint256 who, uint256 which, uint256 t) external timePasses(t % 1 hours) {
    bytes32 by = _some(who);
    uint64 number = _proposal(which);
    bytes32 motion = keccak256(abi.encode(hospitals.proposal(number).motion));
    vm.prank(members[by].owner);
    try hospitals.vote(number, motion) {
      _votes[number][by] = members[by].owner;
    } catch {}
  }

  function execute(uint256 who, uint256 which, uint256 t) external timePasses(t % 1 hours) {
    uint64 number = _proposal(which);
    IHospitalRegistry.Motion memory motion = hospitals.proposal(number).motion;
    bool carried = _carried(number, motion.hospital);
    vm.prank(members[_some(who)].owner);
    try hospitals.execute(number) {
      if (!carried) {
        wrongDecision = "a motion without a majority was carried";
      }
      _apply(motion);
    } catch (bytes memory reason) {
      if (carried && bytes4(reason) == LedgerRules.ProposalLacksMajority.selector) {
        wrongDecision = "a motion with a majority was refused for want of one";
      }
    }
  }

  function suspendSelf(uint256 who, uint256 t) external timePasses(t) {
    bytes32 by = _some(who);
    if (t % 5 != 0) {
      return;
    }
    vm.prank(members[by].owner);
    try hospitals.suspendSelf(by) {
      members[by].active = false;
    } catch {}
  }

  // What the invariants read

  function headCount() external view returns (uint256) {
    return heads.length;
  }

  function ledger() external view returns (IHospitalRegistry) {
    return hospitals;
  }

  function keyCount() external view returns (uint256) {
    return keys.length;
  }

  function _apply(IHospitalRegistry.Motion memory motion) private {
    Member storage member = members[motion.hospital];
    if (motion.kind == IHospitalRegistry.MotionKind.Admit) {
      (member.admitted, member.active) = (true, true);
    } else if (motion.kind == IHospitalRegistry.MotionKind.Suspend) {
      member.active = false;
    } else if (motion.kind == IHospitalRegistry.MotionKind.Readmit) {
      member.active = true;
    } else if (motion.kind == IHospitalRegistry.MotionKind.ReplaceOwner) {
      member.owner = motion.owner;
    }
  }

  function _carried(uint64 number, bytes32 concerned) private view returns (bool) {
    uint256 active = 0;
    for (uint256 i = 0; i < 5; i++) {
      active += members[all[i]].active ? 1 : 0;
    }
    uint256 electorate = 0;
    uint256 votes = 0;
    for (uint256 i = 0; i < 5; i++) {
      Member memory member = members[all[i]];
      if (member.active && (active < 3 || all[i] != concerned)) {
        electorate++;
        votes += _votes[number][all[i]] == member.owner ? 1 : 0;
      }
    }
    return votes * 2 > electorate;
  }

  function _book(bytes32 custodian, bytes32 id, bytes32 commitment, uint64 expiry, address key) private {
    Entry storage entry = entries[custodian][id];
    if (entry.version > 0 && entry.patientKey != key) {
      wrongDecision = "another key changed a consent";
    }
    if (entry.version > 0 && (entry.revoked || entry.expiry <= time)) {
      wrongDecision = "a consent came back";
    }
    (entry.commitment, entry.expiry, entry.patientKey) = (commitment, expiry, key);
    entry.version++;
  }

  /// The root stands for the tree's seed here, the block number for the size from which the proof starts.
  function _publish(address sender, Head memory head) private {
    bytes32 seed = head.root;
    uint64 from = head.blockNumber;
    head.root = trees.root(seed, head.size, 0, true);
    bytes32[] memory proof = from == 0 ? new bytes32[](0) : trees.consistency(seed, from, head.size, true);
    vm.prank(sender);
    try checkpoints.publish(head.hospital, head.log, from, head.size, head.root, proof) {
      if (_lastSize(head.hospital, head.log) == 0) {
        seeds[head.hospital][head.log] = seed;
      }
      head.blockNumber = height;
      heads.push(head);
    } catch {}
  }

  function _log(uint256 who) private view returns (bytes32 hospital, uint32 log) {
    return (_some(who), checkpoints.logCount(_some(who)) + ((who >> 8) % 8 == 0 ? 1 : 0));
  }

  function _lastSize(bytes32 hospital, uint32 log) private view returns (uint64 size) {
    for (uint256 i = 0; i < heads.length; i++) {
      if (heads[i].hospital == hospital && heads[i].log == log && heads[i].size > size) {
        size = heads[i].size;
      }
    }
  }

  /// Mostly one of the founders.
  function _some(uint256 seed) private view returns (bytes32) {
    return all[(seed % 8) % 5];
  }

  /// Consents of these days, now and then of days gone by: otherwise all have soon come to their end.
  function _consent(uint256 who, uint256 which) private returns (bytes32 custodian, bytes32 id) {
    custodian = _some(who);
    uint64 epoch = (time - START) / 6 days;
    id = bytes32(uint256(1 + (which % 9 == 0 && epoch > 0 ? epoch - 1 : epoch) * 2 + (which % 2)));
    if (entries[custodian][id].version == 0) {
      keys.push(Key(custodian, id));
    }
  }

  function _patient(uint256 seed) private pure returns (string memory) {
    return (seed >> 16) % 2 == 0 ? "patient" : "other patient";
  }

  function _expiry(uint256 lifetime) private view returns (uint64) {
    return lifetime % 8 == 0 ? NEVER : time + uint64(lifetime % 4 days);
  }

  function _proposal(uint256 which) private view returns (uint64) {
    uint64 count = hospitals.proposalCount();
    uint64 back = uint64(which % 4);
    return count > back ? count - back : count;
  }
}
