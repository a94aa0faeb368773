package org.sillok.ledger.besu.abi;

import org.sillok.ledger.HospitalId;
import org.sillok.ledger.LogId;
import org.sillok.ledger.LogVkey;
import org.sillok.ledger.Motion;
import org.sillok.ledger.TreeHead;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.DynamicStruct;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint32;
import org.web3j.abi.datatypes.generated.Uint64;
import org.web3j.abi.datatypes.generated.Uint8;

/** {@code struct Motion}. web3j makes it by its only constructor. */
public final class MotionTuple extends DynamicStruct {

  private final Uint8 kind;
  private final Bytes32 hospital;
  private final HospitalTuple candidate;
  private final Address owner;
  private final Uint32 log;
  private final Uint64 lastSize;
  private final Bytes32 lastRoot;
  private final Utf8String logVkey;

  public MotionTuple(
      Uint8 kind,
      Bytes32 hospital,
      HospitalTuple candidate,
      Address owner,
      Uint32 log,
      Uint64 lastSize,
      Bytes32 lastRoot,
      Utf8String logVkey) {
    super(kind, hospital, candidate, owner, log, lastSize, lastRoot, logVkey);
    this.kind = kind;
    this.hospital = hospital;
    this.candidate = candidate;
    this.owner = owner;
    this.log = log;
    this.lastSize = lastSize;
    this.lastRoot = lastRoot;
    this.logVkey = logVkey;
  }

  Motion motion() {
    HospitalId id = Words.hospital(hospital);
    return switch (kind.getValue().intValueExact()) {
      case 0 -> new Motion.Admit(candidate.hospital());
      case 1 -> new Motion.Suspend(id);
      case 2 -> new Motion.Readmit(id);
      case 3 -> new Motion.ReplaceOwner(id, Words.address(owner));
      case 4 ->
          new Motion.ReplaceLog(
              new LogId(id, Math.toIntExact(Words.number(log))),
              new TreeHead(Words.number(lastSize), Words.hash(lastRoot)),
              new LogVkey(logVkey.getValue()));
      default -> throw new IllegalArgumentException("no kind of motion: " + kind.getValue());
    };
  }
}
