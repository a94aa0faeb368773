package org.sillok.testdata.scenario;

import static org.hl7.fhir.r4.model.AllergyIntolerance.AllergyIntoleranceCriticality.HIGH;
import static org.hl7.fhir.r4.model.AllergyIntolerance.AllergyIntoleranceCriticality.LOW;
import static org.hl7.fhir.r4.model.Enumerations.AdministrativeGender.FEMALE;
import static org.hl7.fhir.r4.model.Enumerations.AdministrativeGender.MALE;

import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Resource;

/**
 * Hanbit and Saebyeok, two fictional hospitals, and what they know of their patients. Kim Haneul is
 * known to both, under two ids, and has an allergy that only Hanbit knows of.
 */
public final class Scenario {

  /** Kim Haneul's creatinine, 0.80 mg/dL. */
  public static final String CREATININE = "Observation/kim-haneul-observation-3";

  /** Kim Haneul's allergy to penicillin. */
  public static final String ALLERGY = "AllergyIntolerance/kim-haneul-allergyintolerance-1";

  private Scenario() {}

  /**
   * Transaction bundles to be sent in this order: the hospitals with their staff, then a chart
   * each. Every entry is a PUT with a stable id, so that sending them again changes nothing.
   */
  public static List<Bundle> bundles() {
    List<Bundle> bundles = new ArrayList<>();
    List<Resource> hospitals = new ArrayList<>(Hospital.HANBIT.resources());
    hospitals.addAll(Hospital.SAEBYEOK.resources());
    bundles.add(transaction(hospitals));
    for (Chart chart :
        List.of(kimHaneul(), parkSora(), leeDoyun(), kimHaneulInBusan(), jungMireu(), hanByeol())) {
      bundles.add(transaction(chart.resources()));
    }
    return bundles;
  }

  private static Chart kimHaneul() {
    return new Chart(Hospital.HANBIT, "kim-haneul", "H-000101")
        .person(FEMALE, "1984-02-28", "840230-0000001")
        .name("김", "하늘", "Kim", "Haneul")
        .visit("AMB", "seo", "2026-03-02T09:30:00+09:00", "2026-03-02T09:50:00+09:00")
        .diagnosed("I10.9", "59621000", "Essential hypertension", "본태성(원발성) 고혈압")
        .bloodPressure(152, 96)
        .vitalSign("29463-7", "Body weight", "61.5", "kg")
        .measured("2160-0", "Creatinine", "0.80", "mg/dL")
        .prescribed("C08CA01", "amlodipine", "암로디핀 5mg", "1일 1회 1정, 아침 식후")
        .allergic(HIGH, "91936005", "Allergy to penicillin", "페니실린 알레르기")
        .visit("AMB", "seo", "2026-09-07T10:00:00+09:00", "2026-09-07T10:15:00+09:00")
        .bloodPressure(134, 84);
  }

  private static Chart parkSora() {
    return new Chart(Hospital.HANBIT, "park-sora", "H-000102")
        .person(FEMALE, "1958-11-12", "581131-0000002")
        .name("박", "소라", "Park", "Sora")
        .visit("IMP", "seo", "2026-05-11T14:00:00+09:00", "2026-05-15T11:00:00+09:00")
        .diagnosed("E11.9", "44054006", "Type 2 diabetes mellitus", "2형 당뇨병")
        .measured("4548-4", "Hemoglobin A1c", "8.10", "%")
        .measured("2345-7", "Glucose", "212", "mg/dL")
        .vitalSign("8302-2", "Body height", "157", "cm")
        .prescribed("A10BA02", "metformin", "메트포르민 500mg", "1일 2회 1정, 식후");
  }

  private static Chart leeDoyun() {
    return new Chart(Hospital.HANBIT, "lee-doyun", "H-000103")
        .person(MALE, "2019-04-30", "190431-0000003")
        .name("이", "도윤", "Lee", "Doyun")
        .visit("EMER", "baek", "2026-07-19T22:40:00+09:00", "2026-07-20T01:10:00+09:00")
        .vitalSign("8310-5", "Body temperature", "39.2", "Cel")
        .diagnosed("J20.9", "10509002", "Acute bronchitis", "급성 기관지염")
        .prescribed("N02BE01", "paracetamol", "아세트아미노펜 시럽", "1회 7.5mL, 발열 시 6시간 간격");
  }

  private static Chart kimHaneulInBusan() {
    return new Chart(Hospital.SAEBYEOK, "saebyeok-kim-haneul", "S-90077")
        .person(FEMALE, "1984-02-28", "840230-0000001")
        .name("김", "하늘", "Kim", "Haneul")
        .visit("EMER", "noh", "2026-10-03T23:05:00+09:00", "2026-10-04T02:30:00+09:00")
        .bloodPressure(171, 103)
        .vitalSign("59408-5", "Oxygen saturation by pulse oximetry", "97", "%")
        .measured("6598-7", "Troponin T, cardiac", "0.009", "ug/L");
  }

  private static Chart jungMireu() {
    return new Chart(Hospital.SAEBYEOK, "jung-mireu", "S-90078")
        .person(MALE, "1997-06-30", "970631-0000004")
        .name("정", "미르", "Jung", "Mireu")
        .visit("AMB", "cha", "2026-04-21T15:20:00+09:00", "2026-04-21T15:45:00+09:00")
        .diagnosed("J45.9", "195967001", "Asthma", "천식")
        .measured("19935-6", "Peak expiratory flow rate", "410", "L/min")
        .prescribed("R03AC02", "salbutamol", "살부타몰 흡입제", "필요 시 2회 흡입")
        .allergic(LOW, "300913006", "Allergy to shrimp", "새우 알레르기");
  }

  private static Chart hanByeol() {
    return new Chart(Hospital.SAEBYEOK, "han-byeol", "S-90079")
        .person(FEMALE, "1971-09-30", "710931-0000005")
        .name("한", "별", "Han", "Byeol")
        .visit("AMB", "cha", "2026-08-13T11:00:00+09:00", "2026-08-13T11:25:00+09:00")
        .diagnosed("J44.9", "13645005", "Chronic obstructive pulmonary disease", "만성 폐쇄성 폐질환")
        .vitalSign("59408-5", "Oxygen saturation by pulse oximetry", "93", "%")
        .prescribed("R03BB04", "tiotropium", "티오트로퓸 흡입제", "1일 1회 흡입");
  }

  private static Bundle transaction(List<Resource> resources) {
    Bundle bundle = new Bundle().setType(BundleType.TRANSACTION);
    for (Resource resource : resources) {
      String url = resource.fhirType() + "/" + resource.getIdElement().getIdPart();
      bundle.addEntry().setResource(resource).getRequest().setMethod(HTTPVerb.PUT).setUrl(url);
    }
    return bundle;
  }
}
