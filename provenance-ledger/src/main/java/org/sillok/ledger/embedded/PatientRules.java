package org.sillok.ledger.embedded;

import org.sillok.ledger.Address;
import org.sillok.ledger.ConsentState;
import org.sillok.ledger.ConsentState.Status;
import org.sillok.ledger.Expiry;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.LedgerRefusedException;
import org.sillok.ledger.PatientKey;
import org.sillok.ledger.PatientSignature;
import org.sillok.ledger.PatientStatement;
import org.sillok.ledger.PatientStatement.Grant;
import org.sillok.ledger.PatientStatement.KeyRegistration;
import org.sillok.ledger.PatientStatement.Revocation;
import org.sillok.ledger.Rule;
import org.sillok.ledger.block.Block;
import org.sillok.ledger.eip712.PatientStatements;
import org.sillok.ledger.eip712.Signer;

/** What patients' keys sign. */
final class PatientRules {

  private final Block block;
  private final State state;
  private final Members members;
  private final ConsentRules consents;

  PatientRules(Block block, State state) {
    this.block = block;
    this.state = state;
    this.members = new Members(state);
    this.consents = new ConsentRules(block, state);
  }

  void register(KeyRegistration registration, PatientSignature signature) {
    HospitalId custodian = registration.custodian();
    Members.requireActive(members.publishedBy(block.from(), custodian));
    if (state.find(Table.PATIENT_KEYS, Table.item(custodian, registration.key())).isPresent()) {
      throw new LedgerRefusedException(
          Rule.PATIENT_KEY_EXISTS, registration.key(), "a key new to " + custodian);
    }
    requireInTime(registration.deadline());
    requireSigner(signer(registration, signature), registration.key());
    put(new PatientKey(custodian, registration.key(), 0, false));
  }

  void retire(HospitalId custodian, Address key) {
    Members.requireActive(members.publishedBy(block.from(), custodian));
    PatientKey registered = usable(custodian, key);
    put(new PatientKey(custodian, key, registered.nonce(), true));
  }

  void grant(Grant grant, PatientSignature signature) {
    members.relay(block.from());
    requireInTime(grant.deadline());
    PatientKey key = usable(grant.consent().custodian(), signer(grant, signature));
    ConsentState granted =
        state
            .find(Table.CONSENTS, Table.item(grant.consent()))
            .map(consent -> amended(consent, grant, key.key()))
            .orElseGet(() -> created(grant, key.key()));
    if (grant.nonce() != key.nonce()) {
      throw new LedgerRefusedException(Rule.NONCE_MISMATCH, grant.nonce(), key.nonce());
    }
    consents.requireFuture(grant.expiry());
    consents.put(granted);
    put(new PatientKey(key.custodian(), key.key(), key.nonce() + 1, false));
  }

  void revoke(Revocation revocation, PatientSignature signature) {
    ConsentState consent = consents.known(revocation.consent());
    Address patient = patientOf(consent);
    requireSigner(signer(revocation, signature), patient);
    consents.revoke(consent);
  }

  private ConsentState amended(ConsentState consent, Grant grant, Address key) {
    requireSigner(key, patientOf(consent));
    consents.requireStanding(consent);
    return consent.amended(grant.commitment(), grant.expiry());
  }

  private static ConsentState created(Grant grant, Address key) {
    return new ConsentState(
        grant.consent(), grant.commitment(), key, grant.expiry(), 1, Status.ACTIVE);
  }

  private static Address patientOf(ConsentState consent) {
    Address key = consent.patientKey();
    if (key == null) {
      throw new LedgerRefusedException(
          Rule.CONSENT_HAS_NO_PATIENT_KEY, consent.key(), "a consent that a patient granted");
    }
    return key;
  }

  private Address signer(PatientStatement statement, PatientSignature signature) {
    if (Signer.isMalleable(signature)) {
      throw new LedgerRefusedException(Rule.SIGNATURE_MALLEABLE, "high s", "low s");
    }
    try {
      return Signer.recover(PatientStatements.digest(Rules.domain(block), statement), signature);
    } catch (IllegalArgumentException e) {
      throw new LedgerRefusedException(
          Rule.SIGNATURE_INVALID, e.toString(), "a secp256k1 signature");
    }
  }

  private static void requireSigner(Address got, Address want) {
    if (!got.equals(want)) {
      throw new LedgerRefusedException(Rule.SIGNER_MISMATCH, got, want);
    }
  }

  private void requireInTime(Expiry deadline) {
    if (deadline.isOver(block.time())) {
      throw new LedgerRefusedException(
          Rule.SIGNATURE_DEADLINE_PASSED, block.time(), "before " + deadline);
    }
  }

  private PatientKey usable(HospitalId custodian, Address key) {
    PatientKey registered =
        state
            .find(Table.PATIENT_KEYS, Table.item(custodian, key))
            .orElseThrow(
                () ->
                    new LedgerRefusedException(
                        Rule.PATIENT_KEY_UNKNOWN, key, "a key registered with " + custodian));
    if (registered.retired()) {
      throw new LedgerRefusedException(Rule.PATIENT_KEY_RETIRED, key, "a key in use");
    }
    return registered;
  }

  private void put(PatientKey key) {
    state.put(Table.PATIENT_KEYS, Table.item(key.custodian(), key.key()), key);
  }
}
