package org.sillok.consent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sillok.consent.ConsentRules.Doubt;
import org.sillok.consent.Standing.Kind;

/** Which consents count, and how far, §1.2. Pure. */
public final class Admission {

  private final StoredConsent consent;
  private final @Nullable PatientIdentity patient;
  private final Instant at;
  private final List<Standing> standings = new ArrayList<>();

  private Admission(StoredConsent consent, @Nullable PatientIdentity patient, Instant at) {
    this.consent = consent;
    this.patient = patient;
    this.at = at;
  }

  /**
   * @param patient whose consents it is filed with; null if it is not known whose it is
   * @return one or two: the version that the ledger has, and a newer one that it does not have yet
   */
  public static List<Standing> judge(
      StoredConsent consent, @Nullable PatientIdentity patient, Instant at) {
    Admission admission = new Admission(consent, patient, at);
    admission.judge();
    return List.copyOf(admission.standings);
  }

  private void judge() {
    LedgerFact ledger = consent.ledger();
    if (ledger == null) {
      unanchored(consent.versions().get(0));
      return;
    }
    Optional<StoredVersion> anchored =
        consent.versions().stream()
            .filter(version -> Objects.equals(ledger.state().commitment(), version.commitment()))
            .findFirst();
    StoredVersion newest = consent.versions().isEmpty() ? null : consent.versions().get(0);
    boolean pending = newest != null && !anchored.map(newest::equals).orElse(false);
    if (!ledger.standsAt(at)) {
      add(Kind.NOT_ADMITTED, consent.name(), "revoked or expired on the ledger", null, false);
      if (newest != null && pending) {
        unanchored(newest);
      }
    } else if (anchored.isEmpty()) {
      add(Kind.DENIES_ALL, consent.name(), "the ledger has it, without this content", null, true);
    } else {
      anchored(anchored.get(), pending && newest != null && isWithdrawn(newest));
      if (newest != null && pending && !isWithdrawn(newest)) {
        unanchored(newest);
      }
    }
  }

  private static boolean isWithdrawn(StoredVersion version) {
    return version.deleted() || (version.rules() != null && !version.rules().isActive());
  }

  /** Newer than what the ledger has, or never there. */
  private void unanchored(StoredVersion version) {
    ConsentRules rules = version.rules();
    if (isWithdrawn(version)) {
      add(Kind.NOT_ADMITTED, version.reference(), "not active", null, false);
    } else if (rules == null) {
      add(Kind.DENIES_ALL, version.reference(), "its content cannot be read", null, true);
    } else {
      content(version.reference(), rules, "the ledger does not have it");
    }
  }

  private void anchored(StoredVersion version, boolean withdrawn) {
    ConsentRules rules = version.rules();
    if (version.deleted() || rules == null) {
      add(Kind.DENIES_ALL, version.reference(), "its content cannot be read", null, true);
    } else if (!rules.isActive()) {
      add(Kind.NOT_ADMITTED, version.reference(), "not active", null, false);
    } else {
      content(version.reference(), rules, voidBecause(version, withdrawn));
    }
  }

  /** Null if its permits count. */
  private @Nullable String voidBecause(StoredVersion version, boolean withdrawn) {
    LedgerFact ledger = consent.ledger();
    if (!version.authentic()) {
      return "the log does not vouch for it";
    }
    if (withdrawn) {
      return "it was withdrawn, and the ledger does not know yet";
    }
    boolean signed = ledger != null && ledger.state().patientKey() != null;
    return consent.patientSigns() && !signed ? "the patient's key did not sign it" : null;
  }

  private void content(String reference, ConsentRules rules, @Nullable String voidBecause) {
    if (rules.doubts().contains(Doubt.UNKNOWN_MODIFIER)) {
      add(Kind.DENIES_ALL, reference, Doubt.UNKNOWN_MODIFIER.toString(), null, false);
    } else if (!rules.isPrivacy()) {
      add(Kind.NOT_ADMITTED, reference, "not of scope patient-privacy", null, false);
    } else if (patient == null || !rules.isOf(patient)) {
      add(Kind.DENIES_ALL, reference, "it is of another patient, or one unknown", null, true);
    } else if (voidBecause != null) {
      boolean alarm = voidBecause.equals("the log does not vouch for it");
      add(Kind.INDETERMINATE, reference, voidBecause, rules, alarm);
    } else if (!rules.doubts().isEmpty()) {
      add(Kind.INDETERMINATE, reference, rules.doubts().get(0).toString(), rules, false);
    } else {
      add(Kind.ADMITTED, reference, "", rules, false);
    }
  }

  private void add(
      Kind kind, String reference, String why, @Nullable ConsentRules rules, boolean alarm) {
    standings.add(new Standing(kind, reference, why, rules, consent.ledger(), alarm));
  }
}
