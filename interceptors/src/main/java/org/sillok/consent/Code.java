package org.sillok.consent;

/**
 * A coded value, compared exactly and by both parts.
 *
 * @param system empty if none was given
 */
public record Code(String system, String code) {

  static final String CONFIDENTIALITY = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";
  static final String ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
  static final String ACT_REASON = "http://terminology.hl7.org/CodeSystem/v3-ActReason";
  static final String OBSERVATION_VALUE =
      "http://terminology.hl7.org/CodeSystem/v3-ObservationValue";
  static final String PARTICIPATION = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
  static final String ROLE = "http://terminology.hl7.org/CodeSystem/v3-RoleCode";
  static final String CONSENT_ACTION = "http://terminology.hl7.org/CodeSystem/consentaction";
  static final String CONSENT_SCOPE = "http://terminology.hl7.org/CodeSystem/consentscope";
}
