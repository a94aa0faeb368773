package org.sillok.ledger.besu.abi;

import java.util.List;
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

  /** In the order of the contract's {@code MotionKind}. */
  private static final List<Class<? extends Motion>> KINDS =
      List.of(
          Motion.Admit.class,
          Motion.Suspend.class,
          Motion.Readmit.class,
          Motion.ReplaceOwner.class,
          Motion.ReplaceLog.class);

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

  static MotionTuple of(Motion motion) {
    HospitalTuple candidate =
        motion instanceof Motion.Admit admit
            ? HospitalTuple.of(admit.candidate())
            : HospitalTuple.NONE;
    Address owner =
        motion instanceof Motion.ReplaceOwner replace
            ? Words.word(replace.owner())
            : Address.DEFAULT;
    Motion.ReplaceLog log = motion instanceof Motion.ReplaceLog replace ? replace : null;
    return new MotionTuple(
        new Uint8(KINDS.indexOf(motion.getClass())),
        Words.word(motion.concerned()),
        candidate,
        owner,
        log == null ? Uint32.DEFAULT : Words.word(log.log().number()),
        log == null ? Uint64.DEFAULT : Words.word(log.last().size()),
        log == null ? Bytes32.DEFAULT : Words.word(log.last().root()),
        log == null ? Utf8String.DEFAULT : new Utf8String(log.successor().text()));
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
