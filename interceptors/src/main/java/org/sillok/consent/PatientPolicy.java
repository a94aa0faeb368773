package org.sillok.consent;

import java.util.ArrayList;
import java.util.List;
import org.sillok.consent.Ground.Effect;

/**
 * What one patient's consents come to for one request; compiled once and used for every resource of
 * the request. Immutable, thread-safe, does no I/O.
 */
public final class PatientPolicy {

  private final PatientIdentity patient;
  private final List<Standing> standings;
  private final List<Ground> denials;
  private final List<BoundConsent> consents;

  private PatientPolicy(
      PatientIdentity patient,
      List<Standing> standings,
      List<Ground> denials,
      List<BoundConsent> consents) {
    this.patient = patient;
    this.standings = List.copyOf(standings);
    this.denials = List.copyOf(denials);
    this.consents = List.copyOf(consents);
  }

  public static PatientPolicy compile(
      PatientConsents consents,
      AccessRequest request,
      Directory directory,
      ConsentSettings settings) {
    List<Standing> standings = new ArrayList<>();
    for (StoredConsent consent : consents.consents()) {
      standings.addAll(Admission.judge(consent, consents.patient(), request.at()));
    }
    for (StoredConsent consent : consents.unattributed()) {
      standings.addAll(Admission.judge(consent, null, request.at()));
    }
    Binding binding = Binding.of(request, directory, settings, consents.references());
    List<Ground> denials = new ArrayList<>();
    List<BoundConsent> bound = new ArrayList<>();
    for (Standing standing : standings) {
      if (standing.kind() == Standing.Kind.DENIES_ALL) {
        denials.add(
            new Ground(standing.reference(), "Consent", Effect.INDETERMINATE, standing.ledger()));
      } else if (standing.rules() != null) {
        ConsentBinder.bind(binding, standing, standing.rules()).ifPresent(bound::add);
      }
    }
    return new PatientPolicy(consents.patient(), standings, denials, bound);
  }

  public PatientIdentity patient() {
    return patient;
  }

  /** How far each consent counts, and why; what to raise an alarm about is marked. */
  public List<Standing> standings() {
    return standings;
  }

  /**
   * The consents that decide, §1.7: all that deny if any does, else all that permit.
   *
   * @return empty if none speaks of it, which is a denial
   */
  List<Ground> decide(ResourceFacts resource) {
    List<Ground> denying = denials.isEmpty() ? null : new ArrayList<>(denials);
    List<Ground> permitting = null;
    for (int i = 0; i < consents.size(); i++) {
      Ground ground = consents.get(i).decide(resource);
      if (ground == null) {
        continue;
      }
      if (ground.permits()) {
        permitting = permitting == null ? new ArrayList<>(2) : permitting;
        permitting.add(ground);
      } else {
        denying = denying == null ? new ArrayList<>(2) : denying;
        denying.add(ground);
      }
    }
    if (denying != null) {
      return denying;
    }
    return permitting == null ? List.of() : permitting;
  }
}
