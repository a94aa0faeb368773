package org.sillok.ledger.embedded;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.sillok.ledger.Address;
import org.sillok.ledger.Hospital;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.LedgerRefusedException;
import org.sillok.ledger.LogId;
import org.sillok.ledger.LogRecord;
import org.sillok.ledger.Motion;
import org.sillok.ledger.Proposal;
import org.sillok.ledger.Proposal.Vote;
import org.sillok.ledger.Rule;
import org.sillok.ledger.TreeHead;
import org.sillok.ledger.block.Block;

/** What the members decide together. */
final class Governance {

  /** How long members have to agree. */
  static final Duration PROPOSAL_LIFETIME = Duration.ofDays(7);

  /** From here on the hospital concerned has no vote and can be suspended by the others. */
  private static final int QUORUM_OF_OTHERS = 3;

  private final Address sender;
  private final Instant now;
  private final State state;
  private final Members members;

  Governance(Block block, State state) {
    this.sender = block.from();
    this.now = block.time();
    this.state = state;
    this.members = new Members(state);
  }

  void propose(Motion motion) {
    Hospital proposer = members.member(sender);
    long number = state.all(Table.PROPOSALS).size() + 1L;
    Proposal proposal =
        new Proposal(
            number,
            motion,
            proposer.owner(),
            List.of(new Vote(proposer.id(), proposer.owner())),
            now.plus(PROPOSAL_LIFETIME),
            false);
    requireFeasible(proposal);
    put(proposal);
  }

  void vote(long number, Motion motion) {
    Proposal proposal = known(number);
    Hospital voter = members.member(sender);
    requireOpen(proposal);
    if (!proposal.motion().equals(motion)) {
      throw new LedgerRefusedException(Rule.PROPOSAL_OTHER_MOTION, motion, proposal.motion());
    }
    Vote vote = new Vote(voter.id(), voter.owner());
    if (proposal.votes().contains(vote)) {
      throw new LedgerRefusedException(
          Rule.PROPOSAL_ALREADY_VOTED, voter.id(), "one vote per hospital");
    }
    put(proposal.withVote(vote));
  }

  void execute(long number) {
    Proposal proposal = known(number);
    members.member(sender);
    requireOpen(proposal);
    requireMajority(proposal);
    requireFeasible(proposal);
    carryOut(proposal.motion());
    put(proposal.done());
  }

  private Proposal known(long number) {
    return state
        .find(Table.PROPOSALS, Table.item(number))
        .orElseThrow(
            () -> new LedgerRefusedException(Rule.PROPOSAL_UNKNOWN, number, "a proposal's number"));
  }

  private void requireOpen(Proposal proposal) {
    if (proposal.executed()) {
      throw new LedgerRefusedException(
          Rule.PROPOSAL_EXECUTED, proposal.number(), "an open proposal");
    }
    if (!now.isBefore(proposal.expires())) {
      throw new LedgerRefusedException(Rule.PROPOSAL_EXPIRED, now, "before " + proposal.expires());
    }
  }

  private void requireMajority(Proposal proposal) {
    List<Hospital> electorate = electorate(proposal.motion().concerned());
    long votes =
        electorate.stream()
            .map(hospital -> new Vote(hospital.id(), hospital.owner()))
            .filter(proposal.votes()::contains)
            .count();
    if (votes * 2 <= electorate.size()) {
      throw new LedgerRefusedException(
          Rule.PROPOSAL_LACKS_MAJORITY, votes, "more than half of " + electorate.size());
    }
  }

  private List<Hospital> electorate(HospitalId concerned) {
    List<Hospital> active = members.active();
    return active.size() < QUORUM_OF_OTHERS
        ? active
        : active.stream().filter(hospital -> !hospital.id().equals(concerned)).toList();
  }

  private void requireFeasible(Proposal proposal) {
    Motion motion = proposal.motion();
    if (motion instanceof Motion.Admit admit) {
      members.requireAdmissible(admit.candidate());
    } else if (motion instanceof Motion.Suspend suspend) {
      requireMembership(suspend.hospital(), true);
      requireThree();
    } else if (motion instanceof Motion.Readmit readmit) {
      requireMembership(readmit.hospital(), false);
    } else if (motion instanceof Motion.ReplaceOwner replace) {
      members.known(replace.hospital());
      members.requireUnused(replace.owner());
    } else if (motion instanceof Motion.ReplaceLog replace) {
      requireBreakable(replace, proposal.proposer());
    }
  }

  private void requireMembership(HospitalId id, boolean active) {
    if (members.known(id).active() != active) {
      throw new LedgerRefusedException(
          Rule.MEMBERSHIP_UNCHANGED,
          id + (active ? " suspended" : " active"),
          active ? "active" : "suspended");
    }
  }

  private void requireThree() {
    int active = members.active().size();
    if (active < QUORUM_OF_OTHERS) {
      throw new LedgerRefusedException(
          Rule.SUSPENSION_NEEDS_THREE, active, QUORUM_OF_OTHERS + " active members");
    }
  }

  private void requireBreakable(Motion.ReplaceLog replace, Address proposer) {
    Members.requireActive(members.ownedBy(proposer, replace.concerned()));
    LogRecord log = new CheckpointRules(state).known(replace.log());
    CheckpointRules.requireOpen(log);
    if (!log.head().equals(replace.last())) {
      throw new LedgerRefusedException(Rule.LOG_HEAD_MISMATCH, replace.last(), log.head());
    }
    members.requireUnusedOrigin(replace.successor());
  }

  private void carryOut(Motion motion) {
    if (motion instanceof Motion.Admit admit) {
      members.admit(admit.candidate());
    } else if (motion instanceof Motion.Suspend suspend) {
      members.put(members.known(suspend.hospital()).withActive(false));
    } else if (motion instanceof Motion.Readmit readmit) {
      members.put(members.known(readmit.hospital()).withActive(true));
    } else if (motion instanceof Motion.ReplaceOwner replace) {
      members.put(members.known(replace.hospital()).withOwner(replace.owner()));
    } else if (motion instanceof Motion.ReplaceLog replace) {
      breakLog(replace);
    }
  }

  private void breakLog(Motion.ReplaceLog replace) {
    LogRecord log = new CheckpointRules(state).known(replace.log());
    LogId next = log.id().next();
    LogRecord successor =
        new LogRecord(next, replace.successor().origin(), TreeHead.EMPTY, log.head(), true);
    Stream.of(log.closed(), successor)
        .forEach(each -> state.put(Table.LOGS, Table.item(each.id()), each));
    Hospital hospital = members.known(replace.concerned());
    members.put(hospital.withLogVkey(replace.successor()));
  }

  private void put(Proposal proposal) {
    state.put(Table.PROPOSALS, Table.item(proposal.number()), proposal);
  }
}
