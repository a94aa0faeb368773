package org.sillok.ledger;

import java.time.Instant;
import java.util.List;

/**
 * A motion and the votes for it.
 *
 * @param number from 1, in order of proposing
 * @param proposer owner key that proposed
 * @param votes as cast; which of them count is decided at execution
 * @param expires last moment of voting and executing
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
}
