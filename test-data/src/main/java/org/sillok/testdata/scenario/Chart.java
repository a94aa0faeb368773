package org.sillok.testdata.scenario;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.AllergyIntolerance.AllergyIntoleranceCriticality;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestIntent;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * What one hospital wrote down about one patient, in the order in which it happened. Each entry
 * belongs to the encounter that was opened last.
 */
final class Chart {

  private final Hospital hospital;
  private final Patient patient = new Patient();
  private final List<Resource> resources = new ArrayList<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private Reference encounter = new Reference();
  private Reference doctor = new Reference();
  private String time = "";

  /**
   * @param number the patient's number in this hospital
   */
  Chart(Hospital hospital, String id, String number) {
    this.hospital = hospital;
    patient.setId(id);
    patient.setActive(true).setManagingOrganization(hospital.reference());
    patient.addIdentifier().setSystem(hospital.recordNumbers()).setValue(number);
    resources.add(patient);
  }

  /**
   * @param residentNumber has to be impossible, as on a 30th of February
   */
  Chart person(AdministrativeGender gender, String born, String residentNumber) {
    patient.setGender(gender).setBirthDateElement(new DateType(born));
    patient.addIdentifier().setSystem(Codes.RESIDENT_NUMBER).setValue(residentNumber);
    return this;
  }

  Chart name(String family, String given, String romanFamily, String romanGiven) {
    Hospital.names(family, given, romanFamily, romanGiven).forEach(patient::addName);
    return this;
  }

  /**
   * @param kind AMB (outpatient), EMER or IMP (inpatient)
   * @param start with time zone, {@code 2026-03-02T09:30:00+09:00}
   */
  Chart visit(String kind, String doctorName, String start, String end) {
    doctor = hospital.doctor(doctorName);
    time = start;
    Encounter visit = new Encounter();
    add(visit);
    visit.setStatus(EncounterStatus.FINISHED).setClass_(actCode(kind)).setSubject(subject());
    visit.setServiceProvider(hospital.reference());
    visit.setPeriod(
        new Period().setStartElement(new DateTimeType(start)).setEndElement(new DateTimeType(end)));
    visit.addParticipant().setIndividual(doctor);
    encounter = new Reference("Encounter/" + visit.getIdElement().getIdPart());
    return this;
  }

  Chart measured(String loinc, String name, String value, String unit) {
    observation(Codes.loinc(loinc, name), "laboratory").setValue(Codes.ucum(value, unit));
    return this;
  }

  Chart vitalSign(String loinc, String name, String value, String unit) {
    observation(Codes.loinc(loinc, name), "vital-signs").setValue(Codes.ucum(value, unit));
    return this;
  }

  Chart bloodPressure(int systolic, int diastolic) {
    Observation panel = observation(Codes.loinc("85354-9", "Blood pressure panel"), "vital-signs");
    component(panel, "8480-6", "Systolic blood pressure", systolic);
    component(panel, "8462-4", "Diastolic blood pressure", diastolic);
    return this;
  }

  Chart diagnosed(String kcd, String snomed, String english, String korean) {
    Condition condition = new Condition();
    add(condition);
    condition
        .setCode(Codes.diagnosis(kcd, snomed, english, korean))
        .setSubject(subject())
        .setEncounter(encounter);
    condition.setClinicalStatus(Codes.term("condition-clinical", "active", "Active"));
    condition.setVerificationStatus(Codes.term("condition-ver-status", "confirmed", "Confirmed"));
    condition.setRecordedDateElement(new DateTimeType(time)).setRecorder(doctor);
    return this;
  }

  Chart prescribed(String atc, String english, String korean, String dosage) {
    MedicationRequest request = new MedicationRequest();
    add(request);
    request.setStatus(MedicationRequestStatus.ACTIVE).setIntent(MedicationRequestIntent.ORDER);
    request
        .setMedication(Codes.drug(atc, english, korean))
        .setSubject(subject())
        .setEncounter(encounter);
    request.setAuthoredOnElement(new DateTimeType(time)).setRequester(doctor);
    request.addDosageInstruction().setText(dosage);
    return this;
  }

  Chart allergic(
      AllergyIntoleranceCriticality criticality, String snomed, String english, String korean) {
    AllergyIntolerance allergy = new AllergyIntolerance();
    add(allergy);
    allergy
        .setCode(Codes.snomed(snomed, english, korean))
        .setPatient(subject())
        .setEncounter(encounter);
    allergy.setClinicalStatus(Codes.term("allergyintolerance-clinical", "active", "Active"));
    allergy.setVerificationStatus(
        Codes.term("allergyintolerance-verification", "confirmed", "Confirmed"));
    allergy
        .setCriticality(criticality)
        .setRecordedDateElement(new DateTimeType(time))
        .setRecorder(doctor);
    return this;
  }

  /** The patient first, then the rest in an order in which each refers to earlier ones only. */
  List<Resource> resources() {
    return List.copyOf(resources);
  }

  private Observation observation(CodeableConcept code, String category) {
    Observation observation = new Observation();
    add(observation);
    observation
        .setStatus(ObservationStatus.FINAL)
        .setCode(code)
        .setSubject(subject())
        .setEncounter(encounter);
    observation.addCategory(Codes.term("observation-category", category, category));
    observation.setEffective(new DateTimeType(time)).addPerformer(doctor);
    return observation;
  }

  private static void component(Observation panel, String loinc, String name, int value) {
    Quantity pressure = Codes.ucum(Integer.toString(value), "mm[Hg]");
    panel.addComponent().setCode(Codes.loinc(loinc, name)).setValue(pressure);
  }

  /** Gives {@code resource} an id that says whose it is: {@code kim-haneul-observation-2}. */
  private void add(DomainResource resource) {
    String kind = resource.fhirType().toLowerCase(Locale.ROOT);
    resource.setId(
        patient.getIdElement().getIdPart()
            + "-"
            + kind
            + "-"
            + counts.merge(kind, 1, Integer::sum));
    resources.add(resource);
  }

  private Reference subject() {
    return new Reference("Patient/" + patient.getIdElement().getIdPart());
  }

  private static Coding actCode(String kind) {
    return new Coding().setSystem("http://terminology.hl7.org/CodeSystem/v3-ActCode").setCode(kind);
  }
}
