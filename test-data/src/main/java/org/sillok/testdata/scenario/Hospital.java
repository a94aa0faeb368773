package org.sillok.testdata.scenario;

import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.HumanName.NameUse;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** One of the hospitals: its organization, its doctors and the numbers it gives to patients. */
record Hospital(String id, String korean, String english, String city, String phone) {

  static final Hospital HANBIT =
      new Hospital("hanbit", "한빛가상병원", "Hanbit Fictional Hospital", "서울특별시", "02-000-0100");
  static final Hospital SAEBYEOK =
      new Hospital(
          "saebyeok", "새벽가상의료원", "Saebyeok Fictional Medical Center", "부산광역시", "051-000-0200");

  /** System of the medical record numbers of this hospital. */
  String recordNumbers() {
    return Codes.SYSTEM + "identifier/" + id + "/medical-record-number";
  }

  Reference reference() {
    return new Reference("Organization/" + id).setDisplay(korean);
  }

  Reference doctor(String name) {
    return new Reference("Practitioner/" + id + "-" + name);
  }

  List<Resource> resources() {
    List<Resource> resources = new ArrayList<>();
    resources.add(organization());
    resources.addAll(
        switch (id) {
          case "hanbit" -> {
            List<Resource> staff =
                new ArrayList<>(doctor("seo", "서", "도현", "Seo", "Dohyeon", "내과"));
            staff.addAll(doctor("baek", "백", "나린", "Baek", "Narin", "소아청소년과"));
            yield staff;
          }
          default -> {
            List<Resource> staff =
                new ArrayList<>(doctor("noh", "노", "가온", "Noh", "Gaon", "응급의학과"));
            staff.addAll(doctor("cha", "차", "이슬", "Cha", "Iseul", "호흡기내과"));
            yield staff;
          }
        });
    return resources;
  }

  private Organization organization() {
    Organization organization = new Organization();
    organization.setId(id);
    organization.setActive(true).setName(korean).addAlias(english);
    organization.addIdentifier().setSystem(Codes.PROVIDER).setValue("00000-" + id);
    organization.addType(Codes.term("organization-type", "prov", "Healthcare Provider"));
    organization.addTelecom().setSystem(ContactPointSystem.PHONE).setValue(phone);
    organization.addAddress(new Address().setCountry("KR").setCity(city).addLine("가상로 1"));
    return organization;
  }

  private List<Resource> doctor(
      String key,
      String family,
      String given,
      String romanFamily,
      String romanGiven,
      String department) {
    Practitioner doctor = new Practitioner();
    doctor.setId(id + "-" + key);
    doctor.addIdentifier().setSystem(Codes.LICENCE).setValue("FICTION-" + id + "-" + key);
    names(family, given, romanFamily, romanGiven).forEach(doctor::addName);
    PractitionerRole role = new PractitionerRole();
    role.setId(id + "-" + key + "-role");
    role.setActive(true).setPractitioner(doctor(key)).setOrganization(reference());
    role.addSpecialty().setText(department);
    return List.of(doctor, role);
  }

  /** A Korean name as official name, in Hangul and romanised. */
  static List<HumanName> names(String family, String given, String romanFamily, String romanGiven) {
    HumanName hangul =
        new HumanName()
            .setUse(NameUse.OFFICIAL)
            .setFamily(family)
            .addGiven(given)
            .setText(family + given);
    hangul.addExtension(representation("IDE"));
    HumanName roman =
        new HumanName()
            .setUse(NameUse.OFFICIAL)
            .setFamily(romanFamily)
            .addGiven(romanGiven)
            .setText(romanFamily + " " + romanGiven);
    roman.addExtension(representation("ABC"));
    return List.of(hangul, roman);
  }

  private static org.hl7.fhir.r4.model.Extension representation(String code) {
    return new org.hl7.fhir.r4.model.Extension(
        "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation",
        new org.hl7.fhir.r4.model.CodeType(code));
  }
}
