package org.sillok.ledger.embedded;

import java.util.List;
import java.util.Locale;
import org.sillok.ledger.AcceptedCheckpoint;
import org.sillok.ledger.Address;
import org.sillok.ledger.ConsentKey;
import org.sillok.ledger.ConsentState;
import org.sillok.ledger.Emergency;
import org.sillok.ledger.Hospital;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.LogId;
import org.sillok.ledger.LogRecord;
import org.sillok.ledger.PatientKey;
import org.sillok.ledger.Proposal;

/**
 * A kind of state and how its items are keyed.
 *
 * @param appendOnly items are never changed; the rules read only those that they look for by key
 */
record Table<T extends Record>(String name, Class<T> type, boolean appendOnly) {

  static final Table<Hospital> HOSPITALS = changing("sillok_ledger_hospital", Hospital.class);
  static final Table<Proposal> PROPOSALS = changing("sillok_ledger_proposal", Proposal.class);
  static final Table<LogRecord> LOGS = changing("sillok_ledger_log", LogRecord.class);
  static final Table<AcceptedCheckpoint> CHECKPOINTS =
      appendOnly("sillok_ledger_checkpoint", AcceptedCheckpoint.class);

  /** Their status is ACTIVE or REVOKED; expiry follows from the time. */
  static final Table<ConsentState> CONSENTS = changing("sillok_ledger_consent", ConsentState.class);

  static final Table<PatientKey> PATIENT_KEYS =
      changing("sillok_ledger_patient_key", PatientKey.class);
  static final Table<Emergency> EMERGENCIES =
      appendOnly("sillok_ledger_emergency", Emergency.class);

  static final List<Table<?>> ALL =
      List.of(HOSPITALS, PROPOSALS, LOGS, CHECKPOINTS, CONSENTS, PATIENT_KEYS, EMERGENCIES);

  private static <T extends Record> Table<T> changing(String name, Class<T> type) {
    return new Table<>(name, type, false);
  }

  private static <T extends Record> Table<T> appendOnly(String name, Class<T> type) {
    return new Table<>(name, type, true);
  }

  static String item(HospitalId hospital) {
    return hospital.value();
  }

  static String item(LogId log) {
    return log.toString();
  }

  static String item(LogId log, long size) {
    return log + "/" + item(size);
  }

  static String item(ConsentKey consent) {
    return consent.toString();
  }

  static String item(HospitalId custodian, Address patientKey) {
    return custodian + "/" + patientKey;
  }

  /** Numbers in the order of their text. */
  static String item(long number) {
    return String.format(Locale.ROOT, "%019d", number);
  }
}
