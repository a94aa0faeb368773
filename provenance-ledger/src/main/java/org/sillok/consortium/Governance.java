package org.sillok.consortium;

import java.io.PrintWriter;
import java.util.Optional;
import org.sillok.ledger.Address;
import org.sillok.ledger.Hospital;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.LedgerRefusedException;
import org.sillok.ledger.LogRecord;
import org.sillok.ledger.Motion;
import org.sillok.ledger.Proposal;
import org.sillok.ledger.Rule;
import org.sillok.ledger.besu.abi.Calls;
import org.sillok.ledger.besu.rpc.MinedTransaction;

/** What one owner does, told in lines. */
final class Governance {

  private final Members members;
  private final ChainWriter writer;
  private final Ballot ballot;
  private final PrintWriter out;

  Governance(Members members, ChainWriter writer, Ballot ballot, PrintWriter out) {
    this.members = members;
    this.writer = writer;
    this.ballot = ballot;
    this.out = out;
  }

  /** Proposes a motion, or votes for one that is the same, and does it if that is enough. */
  void put(Motion motion) {
    var head = members.node().latest();
    Optional<Proposal> same =
        members.proposals().stream()
            .filter(each -> each.motion().equals(motion) && Members.isOpen(each, head))
            .findFirst();
    if (same.isPresent()) {
      out.println("this has been proposed as number " + same.get().number());
      // Nothing to ask: the vote is for the motion that was given here, or for none.
      vote(same.get().number(), motion, same.get());
      return;
    }
    write(Calls.propose(motion));
    long number =
        members.proposals().stream()
            .filter(each -> each.motion().equals(motion) && !each.executed())
            .mapToLong(Proposal::number)
            .max()
            .orElseThrow();
    out.println("proposed as number " + number + ": " + Wording.of(motion));
    carryOut(number);
  }

  /**
   * Shows the motion, asks, votes unless this owner has voted, and does it if that is enough. The
   * vote is for what was shown: the ledger refuses it if the proposal is another one.
   *
   * @param sure not to ask
   * @throws IllegalArgumentException if nobody said yes
   */
  void approve(long number, boolean sure) {
    Proposal proposal = known(number);
    out.println("number " + number + ": " + Wording.of(proposal.motion()));
    out.flush();
    if (!sure) {
      requireYes();
    }
    vote(number, proposal.motion(), proposal);
  }

  private void requireYes() {
    String answer =
        ballot
            .ask("Vote for this? Compare its keys first. Type yes: ")
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "there is no terminal to ask at; if you have read the above before, say"
                            + " --yes. No vote was cast"));
    if (!answer.strip().equals("yes")) {
      throw new IllegalArgumentException("no vote was cast");
    }
  }

  private void vote(long number, Motion motion, Proposal proposal) {
    boolean voted =
        proposal.votes().stream().anyMatch(vote -> vote.owner().equals(writer.account()));
    if (voted) {
      out.println("your vote is cast already");
    } else {
      write(Calls.vote(number, motion));
      out.println("your vote is cast");
    }
    carryOut(number);
  }

  /** Does what was decided. */
  void execute(long number) {
    out.println("number " + number + ": " + Wording.of(known(number).motion()));
    write(Calls.execute(number));
    out.println("done");
  }

  void change(String what, String data) {
    MinedTransaction mined = write(data);
    out.println(what + ", in block " + mined.blockNumber());
  }

  /** The hospital that this owner owns. */
  HospitalId own() {
    Address account = writer.account();
    return members
        .ownedBy(account)
        .map(Hospital::id)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    account + " is the owner key of no hospital on this ledger"));
  }

  /** The own log that goes on. */
  LogRecord openLog() {
    return members.openLog(own());
  }

  private Proposal known(long number) {
    return members.proposals().stream()
        .filter(proposal -> proposal.number() == number)
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("there is no proposal with number " + number));
  }

  private void carryOut(long number) {
    try {
      write(Calls.execute(number));
      out.println("the members have decided: done");
      long active = members.hospitals().stream().filter(Hospital::active).count();
      Wording.caution(active).ifPresent(caution -> out.println("note: " + caution));
    } catch (LedgerRefusedException e) {
      if (e.rule() != Rule.PROPOSAL_LACKS_MAJORITY) {
        out.println("your vote stands, but nothing was done: " + e.getMessage());
        return;
      }
      out.println(
          "not decided yet ("
              + e.got()
              + " votes; "
              + e.want()
              + "): other members say: approve "
              + number);
    }
  }

  private MinedTransaction write(String data) {
    return writer.send(members.ledger().hospitals(), data);
  }
}
