package org.sillok.ledger;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Who is a member. {@link Ledger} has the general contract.
 *
 * <p>Members decide by strict majority of the members that are active when a proposal is executed;
 * from three active members up the hospital concerned is not one of them. A vote counts while the
 * key that cast it is its hospital's owner key.
 */
public interface HospitalRegistry {

  Optional<Hospital> hospital(HospitalId id);

  /** All hospitals that were ever admitted, by id. */
  List<Hospital> hospitals();

  Optional<Proposal> proposal(long number);

  /** All proposals, by number. */
  List<Proposal> proposals();

  /**
   * Proposes a motion and votes for it.
   *
   * @return the proposal's number with its receipt
   * @throws LedgerRefusedException by {@code SENDER_NOT_MEMBER}, {@code SENDER_NOT_OWNER} (another
   *     hospital's log), or what executing it now would be refused by, the majority aside
   */
  Proposed propose(Address sender, Motion motion);

  /**
   * Votes for a proposal.
   *
   * @param motion what the voter has seen: the vote counts for nothing else
   * @throws LedgerRefusedException by {@code PROPOSAL_UNKNOWN}, {@code SENDER_NOT_MEMBER}, {@code
   *     PROPOSAL_EXECUTED}, {@code PROPOSAL_EXPIRED}, {@code PROPOSAL_OTHER_MOTION}, {@code
   *     PROPOSAL_ALREADY_VOTED}
   */
  Receipt vote(Address sender, long proposal, Motion motion);

  /**
   * Counts and does it.
   *
   * @param sender owner of any active hospital
   * @throws LedgerRefusedException by {@code PROPOSAL_UNKNOWN}, {@code SENDER_NOT_MEMBER}, {@code
   *     PROPOSAL_EXECUTED}, {@code PROPOSAL_EXPIRED}, {@code PROPOSAL_LACKS_MAJORITY}, and by the
   *     motion's own rules
   */
  Receipt execute(Address sender, long proposal);

  /**
   * The owner suspends its own hospital: at once, without a vote.
   *
   * @throws LedgerRefusedException by {@code SENDER_NOT_OWNER}, {@code MEMBERSHIP_UNCHANGED},
   *     {@code LAST_ACTIVE_MEMBER}
   */
  Receipt suspendSelf(Address sender, HospitalId hospital);

  /**
   * @throws LedgerRefusedException by {@code SENDER_NOT_OWNER}
   */
  Receipt changeEndpoint(Address sender, HospitalId hospital, String name, URI fhirBaseUrl);

  /**
   * @throws LedgerRefusedException by {@code SENDER_NOT_OWNER}, {@code ADDRESS_IN_USE}
   */
  Receipt changePublisher(Address sender, HospitalId hospital, Address publisher);

  /**
   * Another key for the open log.
   *
   * @throws LedgerRefusedException by {@code SENDER_NOT_OWNER}, {@code LOG_ORIGIN_FIXED}
   */
  Receipt changeLogVkey(Address sender, HospitalId hospital, LogVkey vkey);

  /**
   * @throws LedgerRefusedException by {@code SENDER_NOT_OWNER}
   */
  Receipt changeTokenKeys(Address sender, HospitalId hospital, TokenKeys keys);

  /** The number under which a motion is voted on. */
  record Proposed(long number, Receipt receipt) {}
}
