package org.sillok.gate;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What may be asked of which type. The types are those of R4 that are about one patient; the
 * parameters those that R4 defines on the content of the resource itself. A server's own search
 * parameters are not among them: nobody has looked at what they reveal.
 */
final class OpenTypes {

  /** By the parameter that names the patient. */
  private static final Map<String, List<String>> SEARCHABLE =
      Map.of(
          "patient",
          List.of(
              "AllergyIntolerance",
              "Appointment",
              "BodyStructure",
              "CarePlan",
              "ChargeItem",
              "Claim",
              "ClaimResponse",
              "ClinicalImpression",
              "Communication",
              "CommunicationRequest",
              "Composition",
              "Condition",
              "Consent",
              "CareTeam",
              "Coverage",
              "CoverageEligibilityRequest",
              "CoverageEligibilityResponse",
              "DetectedIssue",
              "DeviceRequest",
              "DeviceUseStatement",
              "DiagnosticReport",
              "DocumentManifest",
              "DocumentReference",
              "Encounter",
              "EpisodeOfCare",
              "ExplanationOfBenefit",
              "FamilyMemberHistory",
              "Flag",
              "Goal",
              "ImagingStudy",
              "Immunization",
              "ImmunizationEvaluation",
              "ImmunizationRecommendation",
              "Media",
              "MedicationAdministration",
              "MedicationDispense",
              "MedicationRequest",
              "MedicationStatement",
              "NutritionOrder",
              "Observation",
              "Procedure",
              "Provenance",
              "QuestionnaireResponse",
              "RelatedPerson",
              "RequestGroup",
              "RiskAssessment",
              "ServiceRequest",
              "Specimen",
              "VisionPrescription"),
          "subject",
          List.of("AdverseEvent"));

  private static final Set<String> SUBJECT_TOO =
      Set.of(
          "CarePlan",
          "ChargeItem",
          "ClinicalImpression",
          "Communication",
          "CommunicationRequest",
          "Composition",
          "Condition",
          "CareTeam",
          "DeviceRequest",
          "DeviceUseStatement",
          "DiagnosticReport",
          "DocumentManifest",
          "DocumentReference",
          "Encounter",
          "Flag",
          "Goal",
          "ImagingStudy",
          "Media",
          "MedicationAdministration",
          "MedicationDispense",
          "MedicationRequest",
          "MedicationStatement",
          "Observation",
          "Procedure",
          "QuestionnaireResponse",
          "RequestGroup",
          "RiskAssessment",
          "ServiceRequest",
          "Specimen");

  private static final Set<String> OF_ALL_TYPES =
      Set.of("_id", "_lastUpdated", "_tag", "_security", "_profile");

  private static final Map<RestSearchParameterTypeEnum, Set<String>> MODIFIERS =
      Map.of(
          RestSearchParameterTypeEnum.TOKEN, Set.of("not", "missing"),
          RestSearchParameterTypeEnum.STRING, Set.of("exact", "contains", "missing"),
          RestSearchParameterTypeEnum.DATE, Set.of("missing"),
          RestSearchParameterTypeEnum.NUMBER, Set.of("missing"),
          RestSearchParameterTypeEnum.QUANTITY, Set.of("missing"),
          RestSearchParameterTypeEnum.URI, Set.of("missing"));

  private final FhirContext fhir;
  private final Map<String, Set<String>> patientParameters = new TreeMap<>();

  OpenTypes(FhirContext fhir) {
    this.fhir = fhir;
    SEARCHABLE.forEach((parameter, types) -> types.forEach(type -> add(type, parameter)));
    SUBJECT_TOO.forEach(type -> add(type, "subject"));
  }

  private void add(String type, String parameter) {
    RuntimeSearchParam defined = definition(type, parameter);
    if (defined == null || defined.getParamType() != RestSearchParameterTypeEnum.REFERENCE) {
      throw new IllegalArgumentException(type + " has no reference " + parameter + " in R4");
    }
    patientParameters.computeIfAbsent(type, t -> new HashSet<>()).add(parameter);
  }

  private @Nullable RuntimeSearchParam definition(String type, String parameter) {
    return fhir.getResourceDefinition(type).getSearchParam(parameter);
  }

  /** Those about one patient, sorted. */
  Set<String> ofPatient() {
    return patientParameters.keySet();
  }

  boolean isReadable(String type) {
    return type.equals("Patient") || type.equals("Binary") || patientParameters.containsKey(type);
  }

  boolean isSearchable(String type) {
    return type.equals("Patient") || patientParameters.containsKey(type);
  }

  boolean namesPatient(String type, String parameter) {
    return patientParameters.getOrDefault(type, Set.of()).contains(parameter);
  }

  /**
   * Whether it asks for nothing but the content of the resources themselves.
   *
   * @param name with its modifier
   */
  boolean isCriterion(String type, String name) {
    int colon = name.indexOf(':');
    String plain = colon < 0 ? name : name.substring(0, colon);
    if (OF_ALL_TYPES.contains(plain)) {
      return colon < 0;
    }
    Set<String> modifiers = plainContent(type, plain);
    return modifiers != null && (colon < 0 || modifiers.contains(name.substring(colon + 1)));
  }

  boolean isSortable(String type, String name) {
    return name.equals("_id") || name.equals("_lastUpdated") || plainContent(type, name) != null;
  }

  /** The modifiers that it may have; null if it is not such a parameter. */
  private @Nullable Set<String> plainContent(String type, String name) {
    RuntimeSearchParam defined = name.startsWith("_") ? null : definition(type, name);
    return defined == null ? null : MODIFIERS.get(defined.getParamType());
  }

  /** Whether the path is one of R4, from or to the type, not to everything. */
  boolean isInclude(String type, Include include) {
    String[] parts = include.path().split(":", -1);
    if (parts.length < 2 || parts.length > 3) {
      return false;
    }
    boolean from = include.reverse() ? isSearchable(parts[0]) : parts[0].equals(type);
    if (!from || parts[1].startsWith("_")) {
      return false;
    }
    RuntimeSearchParam defined = definition(parts[0], parts[1]);
    if (defined == null || defined.getParamType() != RestSearchParameterTypeEnum.REFERENCE) {
      return false;
    }
    Set<String> targets = defined.getTargets();
    boolean reaches = !include.reverse() || targets.isEmpty() || targets.contains(type);
    return reaches && (parts.length == 2 || isTarget(include, type, targets, parts[2]));
  }

  private static boolean isTarget(
      Include include, String type, Set<String> targets, String target) {
    return include.reverse() ? target.equals(type) : targets.contains(target);
  }
}
