package org.sillok.ledger.block;

import java.net.URI;
import java.util.List;
import org.sillok.ledger.Address;
import org.sillok.ledger.ConsentKey;
import org.sillok.ledger.Expiry;
import org.sillok.ledger.Hospital;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.LogId;
import org.sillok.ledger.LogVkey;
import org.sillok.ledger.Motion;
import org.sillok.ledger.PatientSignature;
import org.sillok.ledger.PatientStatement;
import org.sillok.ledger.TokenKeys;
import org.sillok.ledger.TreeHead;
import org.sillok.merkle.Hash;

/**
 * What a block does: the ledger's writes as values. Names and components are the JSON form of
 * {@code sillok-block-v1}.
 */
public sealed interface LedgerTransaction {

  /** Block 0: who may sign blocks, and the first members. */
  record Found(LedgerPublicKey key, List<Hospital> founders) implements LedgerTransaction {

    public Found {
      founders = List.copyOf(founders);
    }
  }

  record Propose(Motion motion) implements LedgerTransaction {}

  record CastVote(long proposal, Motion motion) implements LedgerTransaction {}

  record Execute(long proposal) implements LedgerTransaction {}

  record SuspendSelf(HospitalId hospital) implements LedgerTransaction {}

  record ChangeEndpoint(HospitalId hospital, String name, URI fhirBaseUrl)
      implements LedgerTransaction {}

  record ChangePublisher(HospitalId hospital, Address publisher) implements LedgerTransaction {}

  record ChangeLogVkey(HospitalId hospital, LogVkey vkey) implements LedgerTransaction {}

  record ChangeTokenKeys(HospitalId hospital, TokenKeys keys) implements LedgerTransaction {}

  /** {@code proof} is the path of the consistency proof from size {@code from}. */
  record Publish(LogId log, TreeHead head, long from, List<Hash> proof)
      implements LedgerTransaction {

    public Publish {
      proof = List.copyOf(proof);
    }
  }

  record RecordConsent(ConsentKey consent, Hash commitment, Expiry expiry)
      implements LedgerTransaction {}

  record AmendConsent(ConsentKey consent, long version, Hash commitment, Expiry expiry)
      implements LedgerTransaction {}

  record RevokeConsent(ConsentKey consent) implements LedgerTransaction {}

  record RegisterPatientKey(
      PatientStatement.KeyRegistration registration, PatientSignature signature)
      implements LedgerTransaction {}

  record RetirePatientKey(HospitalId custodian, Address key) implements LedgerTransaction {}

  record GrantConsent(PatientStatement.Grant grant, PatientSignature signature)
      implements LedgerTransaction {}

  record RevokeSigned(PatientStatement.Revocation revocation, PatientSignature signature)
      implements LedgerTransaction {}

  record AnnounceEmergency(Hash commitment) implements LedgerTransaction {}
}
