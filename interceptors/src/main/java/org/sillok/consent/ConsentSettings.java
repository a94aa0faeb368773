package org.sillok.consent;

import java.time.ZoneId;
import java.util.Set;

/**
 * What a hospital configures of the decision.
 *
 * @param zone in which dates without a zone are read
 * @param optInPurposes codes of v3-ActReason that the base rule {@code OPTIN} covers, §1.3
 * @param defaultConfidentiality of resources that carry no confidentiality label
 * @param patientlessTypes resource types that may be included although they name no patient, §1.7
 * @param ownBases base URLs of this server, without a slash at the end: references below them are
 *     references to this server's resources
 */
public record ConsentSettings(
    ZoneId zone,
    Set<String> optInPurposes,
    Confidentiality defaultConfidentiality,
    Set<String> patientlessTypes,
    Set<String> ownBases) {

  public static final ConsentSettings DEFAULT =
      new ConsentSettings(
          ZoneId.of("Asia/Seoul"),
          Set.of("TREAT"),
          Confidentiality.N,
          Set.of(
              "Organization",
              "Practitioner",
              "PractitionerRole",
              "Location",
              "HealthcareService",
              "Medication",
              "Substance",
              "DeviceDefinition"),
          Set.of());

  public ConsentSettings {
    optInPurposes = Set.copyOf(optInPurposes);
    patientlessTypes = Set.copyOf(patientlessTypes);
    ownBases = Set.copyOf(ownBases);
  }

  /** With these base URLs instead. */
  public ConsentSettings withOwnBases(Set<String> bases) {
    return new ConsentSettings(
        zone, optInPurposes, defaultConfidentiality, patientlessTypes, bases);
  }
}
