package org.sillok.ledger.besu.abi;

import java.time.Instant;
import org.sillok.ledger.Proposal;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Bool;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.DynamicStruct;
import org.web3j.abi.datatypes.generated.Uint64;
import org.web3j.abi.datatypes.reflection.Parameterized;

/** {@code struct Proposal}. web3j makes it by its only constructor. */
public final class ProposalTuple extends DynamicStruct {

  private final Uint64 number;
  private final Address proposer;
  private final Uint64 expires;
  private final Bool executed;
  private final MotionTuple motion;
  private final DynamicArray<VoteTuple> votes;

  public ProposalTuple(
      Uint64 number,
      Address proposer,
      Uint64 expires,
      Bool executed,
      MotionTuple motion,
      @Parameterized(type = VoteTuple.class) DynamicArray<VoteTuple> votes) {
    super(number, proposer, expires, executed, motion, votes);
    this.number = number;
    this.proposer = proposer;
    this.expires = expires;
    this.executed = executed;
    this.motion = motion;
    this.votes = votes;
  }

  Proposal proposal() {
    return new Proposal(
        Words.number(number),
        motion.motion(),
        Words.address(proposer),
        votes.getValue().stream().map(VoteTuple::vote).toList(),
        Instant.ofEpochSecond(Words.number(expires)),
        executed.getValue());
  }
}
