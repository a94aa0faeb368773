package org.sillok.ledger.besu.view;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sillok.ledger.Address;
import org.sillok.ledger.ConsentKey;
import org.sillok.ledger.ConsentState;
import org.sillok.ledger.ConsentState.Status;
import org.sillok.ledger.Hospital;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.LogId;
import org.sillok.ledger.LogRecord;
import org.sillok.ledger.PatientKey;
import org.sillok.ledger.Proposal;
import org.sillok.ledger.TreeHead;
import org.sillok.ledger.besu.abi.Events;
import org.sillok.ledger.besu.abi.LedgerEvent;

/** What events come to: of those that were given to it. For one thread at a time. */
final class State {

  /** Kinds of events about hospitals and their logs, of which the members decide how many. */
  static final Set<String> MEMBERSHIP =
      Stream.of(
              LedgerEvent.HospitalAdmitted.class,
              LedgerEvent.HospitalSuspended.class,
              LedgerEvent.HospitalReadmitted.class,
              LedgerEvent.OwnerReplaced.class,
              LedgerEvent.EndpointChanged.class,
              LedgerEvent.PublisherChanged.class,
              LedgerEvent.LogVkeyChanged.class,
              LedgerEvent.TokenKeysChanged.class,
              LedgerEvent.LogOpened.class)
          .map(Class::getSimpleName)
          .collect(Collectors.toUnmodifiableSet());

  /** A patient's key with one custodian. */
  record KeyOf(HospitalId custodian, Address key) {}

  final Map<HospitalId, Hospital> hospitals = new TreeMap<>();
  final Map<Long, Proposal> proposals = new TreeMap<>();
  final Map<LogId, LogRecord> logs = new HashMap<>();
  final Map<KeyOf, PatientKey> patientKeys = new HashMap<>();
  private Map<ConsentKey, DatedConsent> consents = new HashMap<>();
  private boolean consentsAreShared;

  /** One of its own, which this one does not change with. Consents are copied when one changes. */
  State copy() {
    State copy = new State();
    copy.hospitals.putAll(hospitals);
    copy.proposals.putAll(proposals);
    copy.logs.putAll(logs);
    copy.patientKeys.putAll(patientKeys);
    copy.consents = consents;
    copy.consentsAreShared = true;
    return copy;
  }

  Map<ConsentKey, DatedConsent> consents() {
    return consents;
  }

  private Map<ConsentKey, DatedConsent> changingConsents() {
    if (consentsAreShared) {
      consents = new HashMap<>(consents);
      consentsAreShared = false;
    }
    return consents;
  }

  /**
   * @throws IllegalStateException if the event does not follow from those before it: some are
   *     missing
   * @throws IllegalArgumentException if it cannot be read
   */
  void apply(FollowedEvent event) {
    Optional<LedgerEvent> meaning = Events.read(event.log());
    if (meaning.isPresent()) {
      applyMembership(meaning.get(), event);
    }
  }

  private void applyMembership(LedgerEvent event, FollowedEvent at) {
    if (event instanceof LedgerEvent.HospitalAdmitted e) {
      hospitals.put(e.hospital().id(), e.hospital());
    } else if (event instanceof LedgerEvent.HospitalSuspended e) {
      change(hospitals, e.hospital(), hospital -> hospital.withActive(false));
    } else if (event instanceof LedgerEvent.HospitalReadmitted e) {
      change(hospitals, e.hospital(), hospital -> hospital.withActive(true));
    } else if (event instanceof LedgerEvent.OwnerReplaced e) {
      change(hospitals, e.hospital(), hospital -> hospital.withOwner(e.owner()));
    } else if (event instanceof LedgerEvent.EndpointChanged e) {
      change(hospitals, e.hospital(), hospital -> hospital.withEndpoint(e.name(), e.fhirBaseUrl()));
    } else if (event instanceof LedgerEvent.PublisherChanged e) {
      change(hospitals, e.hospital(), hospital -> hospital.withPublisher(e.publisher()));
    } else if (event instanceof LedgerEvent.LogVkeyChanged e) {
      change(hospitals, e.hospital(), hospital -> hospital.withLogVkey(e.vkey()));
    } else if (event instanceof LedgerEvent.TokenKeysChanged e) {
      change(hospitals, e.hospital(), hospital -> hospital.withTokenKeys(e.keys()));
    } else {
      applyDecision(event, at);
    }
  }

  private void applyDecision(LedgerEvent event, FollowedEvent at) {
    if (event instanceof LedgerEvent.MotionProposed e) {
      proposals.put(
          e.number(),
          new Proposal(
              e.number(), e.motion(), e.proposer(), java.util.List.of(), e.expires(), false));
    } else if (event instanceof LedgerEvent.VoteCast e) {
      Proposal.Vote vote = new Proposal.Vote(e.hospital(), e.owner());
      change(proposals, e.number(), proposal -> proposal.withVote(vote));
    } else if (event instanceof LedgerEvent.MotionCarried e) {
      change(proposals, e.number(), Proposal::done);
    } else if (event instanceof LedgerEvent.LogOpened e) {
      if (e.log().number() > 1) {
        change(logs, new LogId(e.log().hospital(), e.log().number() - 1), LogRecord::closed);
      }
      logs.put(e.log(), new LogRecord(e.log(), e.origin(), TreeHead.EMPTY, e.predecessor(), true));
    } else if (event instanceof LedgerEvent.CheckpointPublished e) {
      change(logs, e.log(), log -> log.withHead(e.head()));
    } else {
      applyConsent(event, at);
    }
  }

  private void applyConsent(LedgerEvent event, FollowedEvent at) {
    if (event instanceof LedgerEvent.ConsentRecorded e) {
      ConsentState recorded =
          new ConsentState(e.consent(), e.commitment(), null, e.expiry(), 1, Status.ACTIVE);
      changingConsents().put(e.consent(), dated(recorded, at));
    } else if (event instanceof LedgerEvent.ConsentAmended e) {
      change(
          changingConsents(),
          e.consent(),
          before -> dated(before.state().amended(e.commitment(), e.expiry()), at));
    } else if (event instanceof LedgerEvent.ConsentGranted e) {
      ConsentState granted =
          new ConsentState(
              e.consent(), e.commitment(), e.patientKey(), e.expiry(), e.version(), Status.ACTIVE);
      changingConsents().put(e.consent(), dated(granted, at));
      patientKeys.computeIfPresent(
          new KeyOf(e.consent().custodian(), e.patientKey()),
          (of, key) -> new PatientKey(key.custodian(), key.key(), e.nonce() + 1, key.retired()));
    } else if (event instanceof LedgerEvent.ConsentWithdrawn e) {
      change(
          changingConsents(),
          e.consent(),
          before -> dated(before.state().withStatus(Status.REVOKED), at));
    } else if (event instanceof LedgerEvent.PatientKeyRegistered e) {
      patientKeys.put(
          new KeyOf(e.custodian(), e.key()), new PatientKey(e.custodian(), e.key(), 0, false));
    } else if (event instanceof LedgerEvent.PatientKeyTakenOut e) {
      change(
          patientKeys,
          new KeyOf(e.custodian(), e.key()),
          key -> new PatientKey(key.custodian(), key.key(), key.nonce(), true));
    }
  }

  private static DatedConsent dated(ConsentState state, FollowedEvent at) {
    return new DatedConsent(state, at.log().blockNumber(), at.blockTime());
  }

  private static <K, V> void change(Map<K, V> items, K key, UnaryOperator<V> how) {
    V before = items.get(key);
    if (before == null) {
      throw new IllegalStateException("an event about " + key + ", which no event has made");
    }
    items.put(key, how.apply(before));
  }
}
