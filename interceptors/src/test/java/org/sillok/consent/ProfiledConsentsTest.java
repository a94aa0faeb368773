package org.sillok.consent;

import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.r4.model.Consent;
import org.junit.jupiter.api.Test;

/** Whole Consents as they are written elsewhere, read from JSON. */
class ProfiledConsentsTest {

  private static String outcome(Consent consent, String request, String resource) {
    return World.outcome(consent, World.request(request), World.observation(resource));
  }

  private static Consent consent(String rest) {
    String head =
        """
        {"resourceType":"Consent","id":"1","meta":{"versionId":"1"},"status":"active",
         "scope":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/consentscope",
           "code":"patient-privacy"}]},
         "category":[{"coding":[{"system":"http://loinc.org","code":"59284-0"}]}],
         "patient":{"reference":"Patient/7"},"dateTime":"2026-06-13",
         "performer":[{"reference":"Patient/7"}],
         "organization":[{"reference":"Organization/a"}],
        """;
    return (Consent) Json.parse(head + rest);
  }

  /** As IHE PCF profiles it: typed root, a policy that only people understand, one exception. */
  @Test
  void ihePrivacyConsentOnFhir() {
    Consent consent =
        consent(
            """
            "policy":[{"uri":"https://hospital.example/policies/basic.txt"}],
            "provision":{"type":"permit","period":{"start":"2026-06-13","end":"2028"},
              "actor":[{"role":{"coding":[{
                "system":"http://terminology.hl7.org/CodeSystem/v3-ParticipationType",
                "code":"IRCP"}]},"reference":{"reference":"Organization/b"}}],
              "purpose":[
                {"system":"http://terminology.hl7.org/CodeSystem/v3-ActReason","code":"TREAT"},
                {"system":"http://terminology.hl7.org/CodeSystem/v3-ActReason","code":"HPAYMT"}],
              "securityLabel":[
                {"system":"http://terminology.hl7.org/CodeSystem/v3-Confidentiality","code":"R"},
                {"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"HIV"}],
              "provision":[{"type":"deny","data":[{"meaning":"authoredby",
                "reference":{"reference":"Practitioner/lee"}}]}]}}""");
    assertThat(outcome(consent, "b TREAT", "author=Practitioner/kim label=R,HIV"))
        .isEqualTo("permit");
    assertThat(outcome(consent, "b TREAT", "author=Practitioner/lee")).isEqualTo("deny");
    assertThat(outcome(consent, "b TREAT", "")).isEqualTo("deny");
    assertThat(outcome(consent, "b TREAT", "author=Practitioner/kim label=PSY"))
        .isEqualTo("nothing");
    assertThat(outcome(consent, "c TREAT", "author=Practitioner/kim")).isEqualTo("nothing");
    assertThat(outcome(consent, "b HRESCH", "author=Practitioner/kim")).isEqualTo("nothing");
    assertThat(World.rules(consent).limitations())
        .extracting(Limitation::path)
        .containsExactly("Consent.policy");
  }

  /** As R4's text has it: the root without a type, all that is permitted nested. */
  @Test
  void exceptionsToOptOut() {
    Consent consent =
        consent(
            """
            "policyRule":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode",
              "code":"OPTOUT"}]},
            "provision":{"provision":[
              {"type":"permit","actor":[{"reference":{"reference":"Group/bc"}}],
               "class":[{"system":"http://hl7.org/fhir/resource-types","code":"Observation"}],
               "provision":[{"type":"deny","dataPeriod":{"end":"2020"}}]}]}}""");
    assertThat(outcome(consent, "b TREAT", "date=2026")).isEqualTo("permit");
    assertThat(outcome(consent, "c HRESCH", "date=2026")).isEqualTo("permit");
    assertThat(outcome(consent, "b TREAT", "date=2020-05")).isEqualTo("deny");
    assertThat(outcome(consent, "b TREAT", "")).isEqualTo("deny");
    assertThat(outcome(consent, "stranger TREAT", "date=2026")).isEqualTo("deny");
    assertThat(World.rules(consent).limitations()).isEmpty();
  }

  @Test
  void onlyAPolicyNobodyKnowsDeniesAndSaysSo() {
    Consent consent = consent("\"policy\":[{\"uri\":\"https://hospital.example/terms\"}]}");
    assertThat(outcome(consent, "b TREAT", "")).isEqualTo("indeterminate");
    assertThat(World.rules(consent).limitations())
        .extracting(Limitation::path)
        .containsExactly("Consent.policy", "Consent.provision.type");
  }

  /** Nothing of the Consent's other elements matters, and none is taken for a criterion. */
  @Test
  void whoSignedItAndWhereDoesNotMatter() {
    Consent consent =
        consent(
            """
            "sourceReference":{"reference":"DocumentReference/1"},
            "verification":[{"verified":true,"verificationDate":"2026-06-13"}],
            "provision":{"type":"permit"}}""");
    assertThat(outcome(consent, "c HRESCH", "label=V")).isEqualTo("permit");
    assertThat(World.rules(consent).limitations()).isEmpty();
  }
}
