package org.sillok.ledger.besu;

import java.util.List;
import java.util.Optional;
import org.sillok.ledger.Address;
import org.sillok.ledger.ConsentKey;
import org.sillok.ledger.ConsentRegistry;
import org.sillok.ledger.ConsentState;
import org.sillok.ledger.Emergency;
import org.sillok.ledger.Expiry;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.PatientKey;
import org.sillok.ledger.PatientSignature;
import org.sillok.ledger.PatientStatement.Grant;
import org.sillok.ledger.PatientStatement.KeyRegistration;
import org.sillok.ledger.PatientStatement.Revocation;
import org.sillok.ledger.Receipt;
import org.sillok.ledger.besu.abi.Calls;
import org.sillok.merkle.Hash;

record BesuConsents(Chain chain) implements ConsentRegistry {

  @Override
  public Optional<ConsentState> consent(ConsentKey key) {
    chain.follower().catchUp();
    return chain.follower().consent(key);
  }

  @Override
  public List<ConsentState> consents(HospitalId custodian) {
    chain.follower().catchUp();
    return chain.follower().consents(custodian);
  }

  @Override
  public Optional<PatientKey> patientKey(HospitalId custodian, Address key) {
    chain.follower().catchUp();
    return chain.follower().patientKey(custodian, key);
  }

  @Override
  public List<Emergency> emergenciesSince(long block) {
    chain.follower().catchUp();
    return chain.follower().emergenciesSince(block);
  }

  @Override
  public Receipt record(Address sender, ConsentKey key, Hash commitment, Expiry expiry) {
    return write(sender, Calls.record(key, commitment, expiry));
  }

  @Override
  public Receipt amend(
      Address sender, ConsentKey key, long version, Hash commitment, Expiry expiry) {
    return write(sender, Calls.amend(key, version, commitment, expiry));
  }

  @Override
  public Receipt revoke(Address sender, ConsentKey key) {
    return write(sender, Calls.revoke(key));
  }

  @Override
  public Receipt registerPatientKey(
      Address sender, KeyRegistration registration, PatientSignature signature) {
    return write(sender, Calls.registerPatientKey(registration, signature));
  }

  @Override
  public Receipt retirePatientKey(Address sender, HospitalId custodian, Address key) {
    return write(sender, Calls.retirePatientKey(custodian, key));
  }

  @Override
  public Receipt grant(Address sender, Grant grant, PatientSignature signature) {
    return write(sender, Calls.grant(grant, signature));
  }

  @Override
  public Receipt revokeSigned(Address sender, Revocation revocation, PatientSignature signature) {
    return write(sender, Calls.revokeSigned(revocation, signature));
  }

  @Override
  public Receipt announceEmergency(Address sender, Hash commitment) {
    return write(sender, Calls.announceEmergency(commitment));
  }

  private Receipt write(Address sender, String data) {
    return chain.write(sender, chain.file().consents(), data);
  }
}
