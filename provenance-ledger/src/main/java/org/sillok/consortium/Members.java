package org.sillok.consortium;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.sillok.ledger.Address;
import org.sillok.ledger.Hospital;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.LogId;
import org.sillok.ledger.LogRecord;
import org.sillok.ledger.Proposal;
import org.sillok.ledger.besu.abi.Views;
import org.sillok.ledger.besu.rpc.BlockHeader;
import org.sillok.ledger.besu.rpc.LedgerFile;
import org.sillok.ledger.besu.rpc.Message;
import org.sillok.ledger.besu.rpc.Node;

/** The ledger's records as one node has them now. */
record Members(Node node, LedgerFile ledger) {

  List<Hospital> hospitals() {
    return Views.ids(ask(ledger.hospitals(), Views.hospitalIds())).stream()
        .map(id -> Views.hospital(ask(ledger.hospitals(), Views.hospital(id))))
        .toList();
  }

  Optional<Hospital> ownedBy(Address owner) {
    return hospitals().stream().filter(hospital -> hospital.owner().equals(owner)).findFirst();
  }

  List<Proposal> proposals() {
    long count = Views.number(ask(ledger.hospitals(), Views.proposalCount()));
    return LongStream.rangeClosed(1, count).mapToObj(this::proposal).toList();
  }

  Proposal proposal(long number) {
    return Views.proposal(ask(ledger.hospitals(), Views.proposal(number)));
  }

  /** Whether it can still be voted on. */
  static boolean isOpen(Proposal proposal, BlockHeader head) {
    return !proposal.executed() && head.time().isBefore(proposal.expires());
  }

  /** The hospital's log that goes on. */
  LogRecord openLog(HospitalId hospital) {
    int number = Views.count(ask(ledger.checkpoints(), Views.logCount(hospital)));
    LogId log = new LogId(hospital, number);
    return Views.log(log, ask(ledger.checkpoints(), Views.logRecord(log))).orElseThrow();
  }

  private byte[] ask(Address contract, String question) {
    return node.call(new Message(contract, contract, question));
  }
}
