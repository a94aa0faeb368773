package org.sillok.consent;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Decides resources for one request, §1.7. As thread-safe as its policies; does no I/O but what
 * they do for a patient whom the request has not met yet.
 */
public final class AccessDecider {

  private final Function<String, PatientPolicy> policies;
  private final Directory directory;
  private final ConsentSettings settings;

  /**
   * @param policies by {@code Patient/7}; asked for each resource, so it should remember. For a
   *     patient who is not known it gives the policy of no consents
   */
  public AccessDecider(
      Function<String, PatientPolicy> policies, Directory directory, ConsentSettings settings) {
    this.policies = policies;
    this.directory = directory;
    this.settings = settings;
  }

  /** Of a resource that is asked for or found. */
  public Decision decide(ResourceFacts resource) {
    return decide(resource, false);
  }

  /** Of a resource to which one refers that was permitted. */
  public Decision decideIncluded(ResourceFacts resource) {
    return decide(resource, true);
  }

  private Decision decide(ResourceFacts resource, boolean included) {
    Optional<Set<String>> patients = patients(resource.persons());
    if (patients.isEmpty()) {
      return Decision.deny(List.of(), "It names a patient who is not known here.");
    }
    return patients.get().isEmpty()
        ? decidePatientless(resource, included)
        : decide(resource, patients.get());
  }

  private Decision decidePatientless(ResourceFacts resource, boolean included) {
    if (!settings.patientlessTypes().contains(resource.type())) {
      return Decision.deny(List.of(), "It names no patient whose consent could permit it.");
    }
    if (!included) {
      return Decision.deny(List.of(), "It names no patient, and nothing permitted refers to it.");
    }
    return new Decision(
        Decision.Effect.PERMIT,
        List.of(),
        "It names no patient, and what refers to it was permitted.",
        resource.labels().handling());
  }

  private Decision decide(ResourceFacts resource, Set<String> patients) {
    List<Ground> permitting = new ArrayList<>(2);
    for (String patient : patients) {
      List<Ground> grounds = policies.apply(patient).decide(resource);
      if (grounds.isEmpty()) {
        return Decision.deny(grounds, "No consent of " + patient + " permits it.");
      }
      if (!grounds.get(0).permits()) {
        return Decision.deny(grounds, sentence(grounds));
      }
      permitting.addAll(grounds);
    }
    return new Decision(
        Decision.Effect.PERMIT, permitting, sentence(permitting), resource.labels().handling());
  }

  /** All of them, {@code Patient/7}; empty if one of them is not known here. */
  private Optional<Set<String>> patients(ResourceFacts.Persons persons) {
    for (String patient : persons.patients()) {
      if (LocalReference.typeOf(patient) == null) {
        return Optional.empty();
      }
    }
    if (persons.described().isEmpty() && persons.suspected().isEmpty()) {
      return Optional.of(persons.patients());
    }
    Set<String> all = new HashSet<>(persons.patients());
    for (Set<BusinessId> identifiers : persons.described()) {
      List<String> known =
          identifiers.stream().map(directory::patientWith).flatMap(Optional::stream).toList();
      if (known.isEmpty()) {
        return Optional.empty();
      }
      all.addAll(known);
    }
    for (BusinessId identifier : persons.suspected()) {
      Optional<String> patient = directory.patientWith(identifier);
      if (patient.isEmpty() && directory.partiesWith(identifier).isEmpty()) {
        return Optional.empty();
      }
      patient.ifPresent(all::add);
    }
    return Optional.of(all);
  }

  private static String sentence(List<Ground> grounds) {
    if (grounds.size() == 1) {
      return grounds.get(0) + ".";
    }
    StringBuilder text = new StringBuilder();
    for (Ground ground : grounds) {
      text.append(text.isEmpty() ? "" : ", ").append(ground);
    }
    return text.append('.').toString();
  }
}
