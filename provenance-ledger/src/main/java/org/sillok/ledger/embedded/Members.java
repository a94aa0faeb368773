package org.sillok.ledger.embedded;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.sillok.ledger.Address;
import org.sillok.ledger.Hospital;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.LedgerRefusedException;
import org.sillok.ledger.LogId;
import org.sillok.ledger.LogRecord;
import org.sillok.ledger.LogVkey;
import org.sillok.ledger.Rule;
import org.sillok.ledger.TreeHead;
import org.sillok.ledger.block.LedgerTransaction.Found;

/** Who is who: hospitals by id and by key, and taking one in. */
final class Members {

  private final State state;

  Members(State state) {
    this.state = state;
  }

  void found(Found founding) {
    if (founding.founders().isEmpty()) {
      throw new IllegalArgumentException("a consortium has at least one founder");
    }
    founding.founders().forEach(this::admit);
  }

  Hospital known(HospitalId id) {
    return state
        .find(Table.HOSPITALS, Table.item(id))
        .orElseThrow(
            () ->
                new LedgerRefusedException(Rule.HOSPITAL_UNKNOWN, id, "a hospital of the ledger"));
  }

  List<Hospital> active() {
    return state.all(Table.HOSPITALS).stream().filter(Hospital::active).toList();
  }

  /** The active hospital whose owner sends. */
  Hospital member(Address sender) {
    return only(hospital -> hospital.active() && hospital.owner().equals(sender))
        .orElseThrow(
            () ->
                new LedgerRefusedException(
                    Rule.SENDER_NOT_MEMBER, sender, "an active member's owner"));
  }

  /** The active hospital whose publisher sends. */
  Hospital relay(Address sender) {
    Hospital relay =
        only(hospital -> hospital.publisher().equals(sender))
            .orElseThrow(
                () -> new LedgerRefusedException(Rule.SENDER_NOT_PUBLISHER, sender, "a publisher"));
    requireActive(relay);
    return relay;
  }

  Hospital ownedBy(Address sender, HospitalId id) {
    Hospital hospital = known(id);
    if (!hospital.owner().equals(sender)) {
      throw new LedgerRefusedException(Rule.SENDER_NOT_OWNER, sender, hospital.owner());
    }
    return hospital;
  }

  Hospital publishedBy(Address sender, HospitalId id) {
    Hospital hospital = known(id);
    if (!hospital.publisher().equals(sender)) {
      throw new LedgerRefusedException(Rule.SENDER_NOT_PUBLISHER, sender, hospital.publisher());
    }
    return hospital;
  }

  static void requireActive(Hospital hospital) {
    if (!hospital.active()) {
      throw new LedgerRefusedException(
          Rule.HOSPITAL_NOT_ACTIVE, hospital.id() + " suspended", "active");
    }
  }

  void requireUnused(Address address) {
    only(hospital -> hospital.owner().equals(address) || hospital.publisher().equals(address))
        .ifPresent(
            user -> {
              throw new LedgerRefusedException(
                  Rule.ADDRESS_IN_USE,
                  address + " of " + user.id(),
                  "an address that serves no hospital");
            });
  }

  void requireUnusedOrigin(LogVkey vkey) {
    for (LogRecord log : state.all(Table.LOGS)) {
      if (log.origin().equals(vkey.origin())) {
        throw new LedgerRefusedException(
            Rule.LOG_ORIGIN_IN_USE, vkey.origin() + " of " + log.id(), "an origin of no log");
      }
    }
  }

  void requireAdmissible(Hospital candidate) {
    if (state.find(Table.HOSPITALS, Table.item(candidate.id())).isPresent()) {
      throw new LedgerRefusedException(Rule.HOSPITAL_EXISTS, candidate.id(), "a new id");
    }
    requireUnused(candidate.owner());
    requireUnused(candidate.publisher());
    requireUnusedOrigin(candidate.logVkey());
  }

  void admit(Hospital candidate) {
    requireAdmissible(candidate);
    put(candidate.withActive(true));
    LogId log = LogId.first(candidate.id());
    state.put(
        Table.LOGS,
        Table.item(log),
        new LogRecord(log, candidate.logVkey().origin(), TreeHead.EMPTY, null, true));
  }

  void put(Hospital hospital) {
    state.put(Table.HOSPITALS, Table.item(hospital.id()), hospital);
  }

  private Optional<Hospital> only(Predicate<Hospital> wanted) {
    return state.all(Table.HOSPITALS).stream().filter(wanted).findFirst();
  }
}
