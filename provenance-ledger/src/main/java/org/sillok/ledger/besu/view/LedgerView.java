package org.sillok.ledger.besu.view;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.sillok.ledger.Address;
import org.sillok.ledger.ConsentKey;
import org.sillok.ledger.ConsentState;
import org.sillok.ledger.ConsentState.Status;
import org.sillok.ledger.Hospital;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.LedgerHead;
import org.sillok.ledger.LogId;
import org.sillok.ledger.LogRecord;
import org.sillok.ledger.PatientKey;
import org.sillok.ledger.Proposal;
import org.sillok.ledger.besu.abi.Events;

/**
 * The registries as they stand at {@link #head}, in memory: asks nobody and never waits for the
 * network. How old that is, the reader checks first. Consents expire by the head's time, so a
 * decision looks at its own clock too. Thread-safe.
 */
public final class LedgerView {

  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final State state = new State();
  private @Nullable Cursor cursor;

  LedgerView() {}

  /** Empty before the first block was followed. */
  public Optional<LedgerHead> head() {
    return cursor().map(at -> new LedgerHead(at.number(), at.hash(), at.time(), at.time()));
  }

  public Optional<Hospital> hospital(HospitalId id) {
    return read(now -> Optional.ofNullable(now.hospitals.get(id)));
  }

  /** By id. */
  public List<Hospital> hospitals() {
    return read(now -> List.copyOf(now.hospitals.values()));
  }

  public Optional<Proposal> proposal(long number) {
    return read(now -> Optional.ofNullable(now.proposals.get(number)));
  }

  /** By number. */
  public List<Proposal> proposals() {
    return read(now -> List.copyOf(now.proposals.values()));
  }

  public Optional<LogRecord> log(LogId id) {
    return read(now -> Optional.ofNullable(now.logs.get(id)));
  }

  /** By number. */
  public List<LogRecord> logs(HospitalId hospital) {
    return read(
        now ->
            now.logs.values().stream()
                .filter(log -> log.id().hospital().equals(hospital))
                .sorted(Comparator.comparingInt(log -> log.id().number()))
                .toList());
  }

  /** With its status at the head's time. */
  public Optional<ConsentState> consent(ConsentKey key) {
    return read(
        now ->
            Optional.ofNullable(now.consents.get(key)).map(this::atHead).map(DatedConsent::state));
  }

  /** All consents of a custodian, with their status at the head's time. */
  public List<ConsentState> consents(HospitalId custodian) {
    return datedConsents(custodian).stream().map(DatedConsent::state).toList();
  }

  /** As {@link #consents}, each with the block of its last change. */
  public List<DatedConsent> datedConsents(HospitalId custodian) {
    Predicate<DatedConsent> ofCustodian =
        consent -> consent.state().key().custodian().equals(custodian);
    return read(
        now -> now.consents.values().stream().filter(ofCustodian).map(this::atHead).toList());
  }

  public Optional<PatientKey> patientKey(HospitalId custodian, Address key) {
    return read(now -> Optional.ofNullable(now.patientKeys.get(new State.KeyOf(custodian, key))));
  }

  Optional<Cursor> cursor() {
    return read(now -> Optional.ofNullable(cursor));
  }

  /** All of it or, if an event does not fit, an exception: then this view is of no more use. */
  void apply(List<FollowedEvent> events, Cursor to) {
    lock.writeLock().lock();
    try {
      for (FollowedEvent event : events) {
        Events.read(event.log())
            .ifPresent(
                meaning -> state.apply(meaning, event.log().blockNumber(), event.blockTime()));
      }
      cursor = to;
    } finally {
      lock.writeLock().unlock();
    }
  }

  private DatedConsent atHead(DatedConsent consent) {
    ConsentState stored = consent.state();
    boolean over =
        cursor != null && stored.status() == Status.ACTIVE && stored.expiry().isOver(cursor.time());
    return over
        ? new DatedConsent(stored.withStatus(Status.EXPIRED), consent.block(), consent.blockTime())
        : consent;
  }

  private <T> T read(Function<State, T> query) {
    lock.readLock().lock();
    try {
      return query.apply(state);
    } finally {
      lock.readLock().unlock();
    }
  }
}
