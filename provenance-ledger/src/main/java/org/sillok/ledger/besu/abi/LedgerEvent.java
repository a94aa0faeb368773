package org.sillok.ledger.besu.abi;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.sillok.ledger.Address;
import org.sillok.ledger.ConsentKey;
import org.sillok.ledger.Expiry;
import org.sillok.ledger.Hospital;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.LogId;
import org.sillok.ledger.LogVkey;
import org.sillok.ledger.Motion;
import org.sillok.ledger.TokenKeys;
import org.sillok.ledger.TreeHead;
import org.sillok.merkle.Hash;

/** What the contracts emit; together they tell the whole state. */
public sealed interface LedgerEvent {

  record HospitalAdmitted(Hospital hospital) implements LedgerEvent {}

  record HospitalSuspended(HospitalId hospital) implements LedgerEvent {}

  record HospitalReadmitted(HospitalId hospital) implements LedgerEvent {}

  record OwnerReplaced(HospitalId hospital, Address owner) implements LedgerEvent {}

  record EndpointChanged(HospitalId hospital, String name, URI fhirBaseUrl)
      implements LedgerEvent {}

  record PublisherChanged(HospitalId hospital, Address publisher) implements LedgerEvent {}

  record LogVkeyChanged(HospitalId hospital, LogVkey vkey) implements LedgerEvent {}

  record TokenKeysChanged(HospitalId hospital, TokenKeys keys) implements LedgerEvent {}

  /** The proposer's vote follows as an event of its own. */
  record MotionProposed(long number, Motion motion, Address proposer, Instant expires)
      implements LedgerEvent {}

  record VoteCast(long number, HospitalId hospital, Address owner) implements LedgerEvent {}

  record MotionCarried(long number) implements LedgerEvent {}

  /** From number 2 on this closes the log before it. */
  record LogOpened(LogId log, String origin, @Nullable TreeHead predecessor)
      implements LedgerEvent {}

  record CheckpointPublished(LogId log, TreeHead head) implements LedgerEvent {}

  record ConsentRecorded(ConsentKey consent, Hash commitment, Expiry expiry)
      implements LedgerEvent {}

  record ConsentAmended(ConsentKey consent, Hash commitment, Expiry expiry, long version)
      implements LedgerEvent {}

  record ConsentGranted(
      ConsentKey consent,
      Address patientKey,
      Hash commitment,
      Expiry expiry,
      long version,
      long nonce)
      implements LedgerEvent {}

  record ConsentWithdrawn(ConsentKey consent) implements LedgerEvent {}

  record PatientKeyRegistered(HospitalId custodian, Address key) implements LedgerEvent {}

  record PatientKeyTakenOut(HospitalId custodian, Address key) implements LedgerEvent {}

  record EmergencyAnnounced(HospitalId hospital, Hash commitment) implements LedgerEvent {}
}
