package org.sillok.ledger.besu.view;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sillok.ledger.ConsentKey;
import org.sillok.ledger.ConsentState;
import org.sillok.ledger.ConsentState.Status;
import org.sillok.ledger.Hospital;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.LedgerHead;
import org.sillok.ledger.LogId;
import org.sillok.ledger.LogRecord;
import org.sillok.ledger.besu.abi.Events;
import org.sillok.ledger.besu.abi.LedgerEvent;

/**
 * What decisions are made by, as it stands at {@link #head}, in memory: the hospitals, their logs
 * with the newest heads, and the consents of one custodian. Everything else that the registries
 * have is read from the database, so that nobody else's writes take memory here. Asks nobody and
 * never waits. How old the head is, the reader checks first. Consents expire by the head's time, so
 * a decision looks at its own clock too. Immutable.
 */
public final class LedgerView {

  private final @Nullable HospitalId custodian;
  private final State state;
  private final @Nullable Cursor cursor;

  private LedgerView(@Nullable HospitalId custodian, State state, @Nullable Cursor cursor) {
    this.custodian = custodian;
    this.state = state;
    this.cursor = cursor;
  }

  /**
   * Before the first block.
   *
   * @param custodian whose consents are held; null for nobody's
   */
  static LedgerView empty(@Nullable HospitalId custodian) {
    return new LedgerView(custodian, new State(), null);
  }

  /**
   * After more events.
   *
   * @param events hands over each, in the chain's order
   * @throws IllegalStateException if one does not follow from those before it
   * @throws IllegalArgumentException if one cannot be read
   */
  LedgerView with(Consumer<Consumer<FollowedEvent>> events, Cursor to) {
    State next = state.copy();
    events.accept(
        event -> {
          if (isHeld(event)) {
            next.apply(event);
          }
        });
    return new LedgerView(custodian, next, to);
  }

  private boolean isHeld(FollowedEvent event) {
    Optional<LedgerEvent> meaning = Events.read(event.log());
    return meaning.isPresent()
        && (State.MEMBERSHIP.contains(meaning.get().getClass().getSimpleName())
            || meaning.get() instanceof LedgerEvent.CheckpointPublished
            || Events.consent(meaning.get())
                .filter(key -> key.custodian().equals(custodian))
                .isPresent());
  }

  /** Empty before the first block was followed. */
  public Optional<LedgerHead> head() {
    return cursor().map(at -> new LedgerHead(at.number(), at.hash(), at.time(), at.time()));
  }

  public Optional<Hospital> hospital(HospitalId id) {
    return Optional.ofNullable(state.hospitals.get(id));
  }

  /** By id. */
  public List<Hospital> hospitals() {
    return List.copyOf(state.hospitals.values());
  }

  public Optional<LogRecord> log(LogId id) {
    return Optional.ofNullable(state.logs.get(id));
  }

  /** By number. */
  public List<LogRecord> logs(HospitalId hospital) {
    return state.logs.values().stream()
        .filter(log -> log.id().hospital().equals(hospital))
        .sorted(Comparator.comparingInt(log -> log.id().number()))
        .toList();
  }

  /** With its status at the head's time. */
  public Optional<ConsentState> consent(ConsentKey key) {
    requireHeld(key.custodian());
    return Optional.ofNullable(state.consents().get(key))
        .map(this::atHead)
        .map(DatedConsent::state);
  }

  /** All consents of a custodian, with their status at the head's time. */
  public List<ConsentState> consents(HospitalId of) {
    return datedConsents(of).stream().map(DatedConsent::state).toList();
  }

  /**
   * As {@link #consents}, each with the block of its last change.
   *
   * @throws IllegalArgumentException if this custodian's consents are not held
   */
  public List<DatedConsent> datedConsents(HospitalId of) {
    requireHeld(of);
    return state.consents().values().stream().map(this::atHead).toList();
  }

  private void requireHeld(HospitalId of) {
    if (!of.equals(custodian)) {
      throw new IllegalArgumentException(
          "the view holds the consents of " + custodian + ", not of " + of);
    }
  }

  Optional<Cursor> cursor() {
    return Optional.ofNullable(cursor);
  }

  private DatedConsent atHead(DatedConsent consent) {
    return cursor == null ? consent : at(cursor.time(), consent);
  }

  static DatedConsent at(Instant time, DatedConsent consent) {
    ConsentState stored = consent.state();
    return stored.status() == Status.ACTIVE && stored.expiry().isOver(time)
        ? new DatedConsent(stored.withStatus(Status.EXPIRED), consent.block(), consent.blockTime())
        : consent;
  }
}
