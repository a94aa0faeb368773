package org.sillok.ledger.besu;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.sillok.ledger.Address;
import org.sillok.ledger.Hospital;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.HospitalRegistry;
import org.sillok.ledger.LogVkey;
import org.sillok.ledger.Motion;
import org.sillok.ledger.Proposal;
import org.sillok.ledger.Receipt;
import org.sillok.ledger.TokenKeys;
import org.sillok.ledger.besu.abi.Calls;
import org.sillok.ledger.besu.abi.LedgerEvent.MotionProposed;

record BesuHospitals(Chain chain) implements HospitalRegistry {

  @Override
  public Optional<Hospital> hospital(HospitalId id) {
    return chain.now().hospital(id);
  }

  @Override
  public List<Hospital> hospitals() {
    return chain.now().hospitals();
  }

  @Override
  public Optional<Proposal> proposal(long number) {
    chain.follower().catchUp();
    return chain.follower().proposal(number);
  }

  @Override
  public List<Proposal> proposals() {
    chain.follower().catchUp();
    return chain.follower().proposals();
  }

  @Override
  public Proposed propose(Address sender, Motion motion) {
    Receipt receipt = write(sender, Calls.propose(motion));
    long number =
        chain.follower().eventsOf(receipt.transaction()).stream()
            .filter(MotionProposed.class::isInstance)
            .map(MotionProposed.class::cast)
            .findFirst()
            .orElseThrow()
            .number();
    return new Proposed(number, receipt);
  }

  @Override
  public Receipt vote(Address sender, long proposal, Motion motion) {
    return write(sender, Calls.vote(proposal, motion));
  }

  @Override
  public Receipt execute(Address sender, long proposal) {
    return write(sender, Calls.execute(proposal));
  }

  @Override
  public Receipt suspendSelf(Address sender, HospitalId hospital) {
    return write(sender, Calls.suspendSelf(hospital));
  }

  @Override
  public Receipt changeEndpoint(Address sender, HospitalId hospital, String name, URI fhirBaseUrl) {
    return write(sender, Calls.changeEndpoint(hospital, name, fhirBaseUrl));
  }

  @Override
  public Receipt changePublisher(Address sender, HospitalId hospital, Address publisher) {
    return write(sender, Calls.changePublisher(hospital, publisher));
  }

  @Override
  public Receipt changeLogVkey(Address sender, HospitalId hospital, LogVkey vkey) {
    return write(sender, Calls.changeLogVkey(hospital, vkey));
  }

  @Override
  public Receipt changeTokenKeys(Address sender, HospitalId hospital, TokenKeys keys) {
    return write(sender, Calls.changeTokenKeys(hospital, keys));
  }

  private Receipt write(Address sender, String data) {
    return chain.write(sender, chain.file().hospitals(), data);
  }
}
