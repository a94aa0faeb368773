package org.sillok.ledger;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * A motion and the votes for it.
 *
 * @param number from 1, in order of proposing
 * @param proposer owner key that proposed
 * @param votes as cast; which of them count is decided at execution
 * @param expires from then on nobody votes on it or executes it
 */
public record Proposal(
    long number,
    Motion motion,
    Address proposer,
    List<Vote> votes,
    Instant expires,
    boolean executed) {

  /** A hospital's vote, with the owner key that cast it. */
  public record Vote(HospitalId hospital, Address owner) {}

  public Proposal {
    votes = List.copyOf(votes);
  }

  public Proposal withVote(Vote vote) {
    List<Vote> more = Stream.concat(votes.stream(), Stream.of(vote)).toList();
    return new Proposal(number, motion, proposer, more, expires, executed);
  }

  public Proposal done() {
    return new Proposal(number, motion, proposer, votes, expires, true);
  }
}
