package org.sillok.ledger.embedded;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sillok.ledger.Address;
import org.sillok.ledger.ConsentKey;
import org.sillok.ledger.ConsentRegistry;
import org.sillok.ledger.ConsentState;
import org.sillok.ledger.ConsentState.Status;
import org.sillok.ledger.Emergency;
import org.sillok.ledger.Expiry;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.PatientKey;
import org.sillok.ledger.PatientSignature;
import org.sillok.ledger.PatientStatement.Grant;
import org.sillok.ledger.PatientStatement.KeyRegistration;
import org.sillok.ledger.PatientStatement.Revocation;
import org.sillok.ledger.Receipt;
import org.sillok.ledger.block.LedgerTransaction;
import org.sillok.merkle.Hash;

record EmbeddedConsents(Chain chain) implements ConsentRegistry {

  @Override
  public Optional<ConsentState> consent(ConsentKey key) {
    Instant now = chain.now();
    return chain
        .read(state -> state.find(Table.CONSENTS, Table.item(key)))
        .map(consent -> at(now, consent));
  }

  @Override
  public List<ConsentState> consents(HospitalId custodian) {
    Instant now = chain.now();
    String prefix = custodian + "/";
    return chain
        .read(state -> state.after(Table.CONSENTS, prefix, prefix, Integer.MAX_VALUE))
        .stream()
        .map(consent -> at(now, consent))
        .toList();
  }

  private static ConsentState at(Instant now, ConsentState consent) {
    return consent.status() == Status.ACTIVE && consent.expiry().isOver(now)
        ? consent.withStatus(Status.EXPIRED)
        : consent;
  }

  @Override
  public Optional<PatientKey> patientKey(HospitalId custodian, Address key) {
    return chain.read(state -> state.find(Table.PATIENT_KEYS, Table.item(custodian, key)));
  }

  @Override
  public List<Emergency> emergenciesSince(long block) {
    return chain.read(state -> state.since(Table.EMERGENCIES, Table.item(block)));
  }

  @Override
  public Receipt record(Address sender, ConsentKey key, Hash commitment, Expiry expiry) {
    return chain.write(sender, new LedgerTransaction.RecordConsent(key, commitment, expiry));
  }

  @Override
  public Receipt amend(
      Address sender, ConsentKey key, long version, Hash commitment, Expiry expiry) {
    return chain.write(
        sender, new LedgerTransaction.AmendConsent(key, version, commitment, expiry));
  }

  @Override
  public Receipt revoke(Address sender, ConsentKey key) {
    return chain.write(sender, new LedgerTransaction.RevokeConsent(key));
  }

  @Override
  public Receipt registerPatientKey(
      Address sender, KeyRegistration registration, PatientSignature signature) {
    return chain.write(sender, new LedgerTransaction.RegisterPatientKey(registration, signature));
  }

  @Override
  public Receipt retirePatientKey(Address sender, HospitalId custodian, Address key) {
    return chain.write(sender, new LedgerTransaction.RetirePatientKey(custodian, key));
  }

  @Override
  public Receipt grant(Address sender, Grant grant, PatientSignature signature) {
    return chain.write(sender, new LedgerTransaction.GrantConsent(grant, signature));
  }

  @Override
  public Receipt revokeSigned(Address sender, Revocation revocation, PatientSignature signature) {
    return chain.write(sender, new LedgerTransaction.RevokeSigned(revocation, signature));
  }

  @Override
  public Receipt announceEmergency(Address sender, Hash commitment) {
    return chain.write(sender, new LedgerTransaction.AnnounceEmergency(commitment));
  }
}
