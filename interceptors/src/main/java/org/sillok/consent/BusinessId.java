package org.sillok.consent;

import org.sillok.ledger.HospitalId;

/** A FHIR identifier, compared exactly and by both parts. */
public record BusinessId(String system, String value) {

  /** Of a hospital's id on the ledger, {@code docs/formats.md} §6. */
  public static final String HOSPITAL = "urn:sillok:hospital";

  public static BusinessId of(HospitalId hospital) {
    return new BusinessId(HOSPITAL, hospital.value());
  }
}
