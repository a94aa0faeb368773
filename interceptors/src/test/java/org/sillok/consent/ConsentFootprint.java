package org.sillok.consent;

import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Reference;
import org.sillok.ledger.ConsentState;

/** What the consents of 10,000 patients take in memory, two each, as a server keeps them. */
final class ConsentFootprint {

  private final boolean alike;
  private final RulesReader reader = new RulesReader(World.SETTINGS);
  private final List<StoredConsent> all = new ArrayList<>();

  private ConsentFootprint(boolean alike) {
    this.alike = alike;
  }

  public static void main(String[] arguments) {
    for (boolean alike : new boolean[] {true, false}) {
      new ConsentFootprint(alike).measure();
    }
  }

  private void measure() {
    fill(100);
    all.clear();
    long before = used();
    fill(10_000);
    double mebibytes = (used() - before) / 1048576.0;
    System.out.printf(
        "%d consents, %s: %.1f MiB%n",
        all.size(), alike ? "of two forms" : "all different", mebibytes);
  }

  private void fill(int patients) {
    for (int patient = 0; patient < patients; patient++) {
      add(patient, "typical");
      add(patient, "5");
    }
  }

  private void add(int patient, String provisions) {
    Consent consent = DecisionBenchmark.consent(provisions);
    consent.setId("Consent/" + patient + provisions + "/_history/1");
    consent.getPatient().setReference("Patient/" + patient);
    if (!alike) {
      Reference instance = new Reference("Observation/" + patient);
      consent.getProvision().addProvision().addData().setReference(instance);
      consent.getProvision().addActor().setReference(new Reference("Organization/" + patient));
    }
    Consent parsed = (Consent) Json.parse(Json.text(consent));
    LedgerFact ledger = World.onLedger(ConsentState.Status.ACTIVE);
    StoredVersion version =
        new StoredVersion(
            parsed.getId(), reader.read(parsed), false, ledger.state().commitment(), true);
    all.add(new StoredConsent("Consent/" + patient, ledger, List.of(version), false));
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 5; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
