package org.sillok.ledger.embedded;

import java.net.URI;
import java.util.Comparator;
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
import org.sillok.ledger.block.LedgerTransaction;

record EmbeddedHospitals(Chain chain) implements HospitalRegistry {

  @Override
  public Optional<Hospital> hospital(HospitalId id) {
    return chain.read(state -> state.find(Table.HOSPITALS, Table.item(id)));
  }

  @Override
  public List<Hospital> hospitals() {
    return chain.read(state -> state.all(Table.HOSPITALS)).stream()
        .sorted(Comparator.comparing(Hospital::id))
        .toList();
  }

  @Override
  public Optional<Proposal> proposal(long number) {
    return chain.read(state -> state.find(Table.PROPOSALS, Table.item(number)));
  }

  @Override
  public List<Proposal> proposals() {
    return chain.read(state -> state.all(Table.PROPOSALS)).stream()
        .sorted(Comparator.comparingLong(Proposal::number))
        .toList();
  }

  @Override
  public Proposed propose(Address sender, Motion motion) {
    return chain.write(
        sender,
        new LedgerTransaction.Propose(motion),
        (state, receipt) -> new Proposed(state.all(Table.PROPOSALS).size(), receipt));
  }

  @Override
  public Receipt vote(Address sender, long proposal, Motion motion) {
    return chain.write(sender, new LedgerTransaction.CastVote(proposal, motion));
  }

  @Override
  public Receipt execute(Address sender, long proposal) {
    return chain.write(sender, new LedgerTransaction.Execute(proposal));
  }

  @Override
  public Receipt suspendSelf(Address sender, HospitalId hospital) {
    return chain.write(sender, new LedgerTransaction.SuspendSelf(hospital));
  }

  @Override
  public Receipt changeEndpoint(Address sender, HospitalId hospital, String name, URI fhirBaseUrl) {
    return chain.write(sender, new LedgerTransaction.ChangeEndpoint(hospital, name, fhirBaseUrl));
  }

  @Override
  public Receipt changePublisher(Address sender, HospitalId hospital, Address publisher) {
    return chain.write(sender, new LedgerTransaction.ChangePublisher(hospital, publisher));
  }

  @Override
  public Receipt changeLogVkey(Address sender, HospitalId hospital, LogVkey vkey) {
    return chain.write(sender, new LedgerTransaction.ChangeLogVkey(hospital, vkey));
  }

  @Override
  public Receipt changeTokenKeys(Address sender, HospitalId hospital, TokenKeys keys) {
    return chain.write(sender, new LedgerTransaction.ChangeTokenKeys(hospital, keys));
  }
}
