package org.sillok.consent;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Consent.ConsentDataMeaning;
import org.jspecify.annotations.Nullable;

/**
 * A FHIR R4 Consent as the engine understands it: read once, kept in memory, compiled for each
 * request. Holds nothing of the Consent that the decision does not need. Immutable.
 */
public final class ConsentRules {

  private final boolean active;
  private final boolean privacy;
  private final @Nullable PartyName patient;
  private final BasePolicy base;
  private final Provision root;
  private final List<Doubt> doubts;
  private final List<Limitation> limitations;

  /** Why the content cannot be followed as it stands, §1.2. */
  enum Doubt {
    UNKNOWN_MODIFIER("it has a modifier that this server does not know"),
    NOT_VERIFIED("it says that it was not verified with the patient"),
    CONTRADICTORY("its base rules contradict each other");

    private final String words;

    Doubt(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  ConsentRules(
      boolean active,
      boolean privacy,
      @Nullable PartyName patient,
      BasePolicy base,
      Provision root,
      List<Doubt> doubts,
      List<Limitation> limitations) {
    this.active = active;
    this.privacy = privacy;
    this.patient = patient;
    this.base = base;
    this.root = root;
    this.doubts = List.copyOf(doubts);
    this.limitations = List.copyOf(limitations);
  }

  /** Whether its status is {@code active}. */
  public boolean isActive() {
    return active;
  }

  /** Whether its scope is {@code patient-privacy}; another one is not decided here. */
  public boolean isPrivacy() {
    return privacy;
  }

  /** {@code Patient/7}; empty if it names its patient in another way, or none. */
  public Optional<String> patient() {
    return Optional.ofNullable(patient).filter(PartyName::isLocal).map(PartyName::reference);
  }

  /** By which it names its patient, if it does so by identifier. */
  public Optional<BusinessId> patientIdentifier() {
    return Optional.ofNullable(patient).map(PartyName::identifier);
  }

  /** What the engine cannot honour; empty for a consent that it fully understands. */
  public List<Limitation> limitations() {
    return limitations;
  }

  /** Instances whose own references {@link PatientPolicy} has to be told, {@code Encounter/3}. */
  public Set<String> relatedInstances() {
    Set<String> instances = new HashSet<>();
    addRelated(root, instances);
    return instances;
  }

  private static void addRelated(Provision provision, Set<String> instances) {
    for (Criterion criterion : provision.criteria()) {
      if (criterion instanceof DataCriterion data) {
        data.data().stream()
            .filter(datum -> datum.meaning() == ConsentDataMeaning.RELATED)
            .map(DataCriterion.Datum::name)
            .filter(name -> name != null && name.isLocal())
            .forEach(name -> instances.add(String.valueOf(name.reference())));
      }
    }
    provision.children().forEach(child -> addRelated(child, instances));
  }

  BasePolicy base() {
    return base;
  }

  Provision root() {
    return root;
  }

  List<Doubt> doubts() {
    return doubts;
  }

  boolean isOf(PatientIdentity identity) {
    if (patient == null) {
      return false;
    }
    return patient.reference() != null
        ? identity.reference().equals(patient.reference())
        : identity.identifiers().contains(patient.identifier());
  }
}
