package org.sillok.consent;

import java.time.Instant;
import java.util.Set;
import org.sillok.ledger.HospitalId;

/**
 * A cross-hospital request to read, apart from what is read.
 *
 * @param custodian the hospital that is asked
 * @param purposes codes of v3-ActReason that the requester asserts; empty if it asserts none
 * @param at the custodian's time, by which periods and expiries are judged
 */
public record AccessRequest(
    HospitalId custodian, Requester requester, Set<String> purposes, Instant at) {

  /**
   * @throws IllegalArgumentException if the custodian asks itself, which consents do not decide
   */
  public AccessRequest {
    purposes = Set.copyOf(purposes);
    if (custodian.equals(requester.hospital())) {
      throw new IllegalArgumentException(
          "a cross-hospital request comes from another hospital, got " + custodian + " twice");
    }
  }
}
