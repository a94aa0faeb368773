package org.sillok.ledger.embedded;

import org.sillok.ledger.ConsentKey;
import org.sillok.ledger.ConsentState;
import org.sillok.ledger.ConsentState.Status;
import org.sillok.ledger.Emergency;
import org.sillok.ledger.Expiry;
import org.sillok.ledger.Hospital;
import org.sillok.ledger.LedgerRefusedException;
import org.sillok.ledger.Rule;
import org.sillok.ledger.block.Block;
import org.sillok.ledger.block.LedgerTransaction.AmendConsent;
import org.sillok.ledger.block.LedgerTransaction.RecordConsent;
import org.sillok.merkle.Hash;

/** What custodians do with consents, and the rules that hold for patients' consents too. */
final class ConsentRules {

  private final Block block;
  private final State state;
  private final Members members;

  ConsentRules(Block block, State state) {
    this.block = block;
    this.state = state;
    this.members = new Members(state);
  }

  void record(RecordConsent record) {
    requireActiveCustodian(record.consent());
    if (state.find(Table.CONSENTS, Table.item(record.consent())).isPresent()) {
      throw new LedgerRefusedException(Rule.CONSENT_EXISTS, record.consent(), "a new id");
    }
    requireFuture(record.expiry());
    put(
        new ConsentState(
            record.consent(), record.commitment(), null, record.expiry(), 1, Status.ACTIVE));
  }

  void amend(AmendConsent amend) {
    requireActiveCustodian(amend.consent());
    ConsentState consent = known(amend.consent());
    requireStanding(consent);
    if (consent.patientKey() != null) {
      throw new LedgerRefusedException(
          Rule.CONSENT_NEEDS_PATIENT, "the custodian", "a grant signed by " + consent.patientKey());
    }
    if (amend.version() != consent.version()) {
      throw new LedgerRefusedException(
          Rule.CONSENT_STALE_VERSION, amend.version(), consent.version());
    }
    requireFuture(amend.expiry());
    put(consent.amended(amend.commitment(), amend.expiry()));
  }

  /** The custodian withdraws whatever it is; being suspended does not stand in the way. */
  void revoke(ConsentKey key) {
    members.publishedBy(block.from(), key.custodian());
    revoke(known(key));
  }

  void revoke(ConsentState consent) {
    if (consent.status() == Status.REVOKED) {
      throw new LedgerRefusedException(Rule.CONSENT_REVOKED, consent.key(), "not yet revoked");
    }
    put(consent.withStatus(Status.REVOKED));
  }

  void announce(Hash commitment) {
    Hospital hospital = members.relay(block.from());
    state.put(
        Table.EMERGENCIES,
        Table.item(block.number()),
        new Emergency(hospital.id(), commitment, block.receipt()));
  }

  ConsentState known(ConsentKey key) {
    return state
        .find(Table.CONSENTS, Table.item(key))
        .orElseThrow(
            () ->
                new LedgerRefusedException(
                    Rule.CONSENT_UNKNOWN, key, "a consent of " + key.custodian()));
  }

  void requireStanding(ConsentState consent) {
    if (consent.status() == Status.REVOKED) {
      throw new LedgerRefusedException(Rule.CONSENT_REVOKED, consent.key(), "a consent in force");
    }
    if (consent.expiry().isOver(block.time())) {
      throw new LedgerRefusedException(
          Rule.CONSENT_EXPIRED, block.time(), "before " + consent.expiry());
    }
  }

  void requireFuture(Expiry expiry) {
    if (expiry.isOver(block.time())) {
      throw new LedgerRefusedException(Rule.EXPIRY_NOT_IN_FUTURE, expiry, "after " + block.time());
    }
  }

  void put(ConsentState consent) {
    state.put(Table.CONSENTS, Table.item(consent.key()), consent);
  }

  private void requireActiveCustodian(ConsentKey key) {
    Members.requireActive(members.publishedBy(block.from(), key.custodian()));
  }
}
