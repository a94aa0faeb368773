package org.sillok.testdata.scenario;

import java.math.BigDecimal;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Quantity;

/**
 * Terms of the code systems that the scenario uses, Korean text first as a Korean EMR would send
 * it.
 */
final class Codes {

  static final String SYSTEM = "https://sillok.example/";
  static final String RESIDENT_NUMBER = SYSTEM + "identifier/resident-registration-number";
  static final String LICENCE = SYSTEM + "identifier/medical-licence";
  static final String PROVIDER = SYSTEM + "identifier/care-institution";

  private static final String KCD = SYSTEM + "CodeSystem/kcd-8";
  private static final String SNOMED = "http://snomed.info/sct";
  private static final String LOINC = "http://loinc.org";
  private static final String ATC = "http://www.whocc.no/atc";
  private static final String UCUM = "http://unitsofmeasure.org";

  private Codes() {}

  /** A diagnosis in the Korean classification of diseases and in SNOMED CT. */
  static CodeableConcept diagnosis(String kcd, String snomed, String english, String korean) {
    return new CodeableConcept()
        .addCoding(new Coding(KCD, kcd, korean))
        .addCoding(new Coding(SNOMED, snomed, english))
        .setText(korean);
  }

  static CodeableConcept snomed(String code, String english, String korean) {
    return new CodeableConcept(new Coding(SNOMED, code, english)).setText(korean);
  }

  static CodeableConcept loinc(String code, String english) {
    return new CodeableConcept(new Coding(LOINC, code, english)).setText(english);
  }

  static CodeableConcept drug(String atc, String english, String korean) {
    return new CodeableConcept(new Coding(ATC, atc, english)).setText(korean);
  }

  static CodeableConcept term(String codeSystem, String code, String display) {
    return new CodeableConcept(
        new Coding("http://terminology.hl7.org/CodeSystem/" + codeSystem, code, display));
  }

  /** A measured value in UCUM; {@code value} keeps the precision it is written with. */
  static Quantity ucum(String value, String unit) {
    return new Quantity()
        .setValue(new BigDecimal(value))
        .setUnit(unit)
        .setSystem(UCUM)
        .setCode(unit);
  }
}
