package org.sillok.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Location;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sillok.ledger.ConsentState.Status;

class DecisionsTest {

  private static final String PCF = "https://profiles.ihe.net/ITI/PCF/Policy-";

  private static StoredConsent consent(String id, String base, String provision, String patient) {
    Consent consent = ConsentText.consent(base, provision);
    consent.setId("Consent/" + id + "/_history/1");
    consent.setPatient(new Reference(patient));
    return World.admitted(consent);
  }

  private static AccessDecider decider(Map<String, List<StoredConsent>> consents) {
    Map<String, PatientPolicy> policies = new HashMap<>();
    consents.forEach(
        (patient, all) ->
            policies.put(
                patient,
                World.policy(
                    patient, World.request("b TREAT"), all.toArray(new StoredConsent[0]))));
    return new AccessDecider(
        patient ->
            policies.computeIfAbsent(
                patient, unknown -> World.policy(unknown, World.request("b TREAT"))),
        World.DIRECTORY,
        World.SETTINGS);
  }

  private static AccessDecider ofSeven(String... provisions) {
    StoredConsent[] all = new StoredConsent[provisions.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = consent("c" + i, "none", provisions[i], "Patient/7");
    }
    return decider(Map.of("Patient/7", List.of(all)));
  }

  @Nested
  class S1_3_BaseRule {

    @ParameterizedTest(name = "{0} asked by {1}: {2}")
    @CsvSource({
      "OPTIN,                b TREAT,         permit",
      "OPTIN,                b HPAYMT,        nothing",
      "OPTIN,                b TREAT HPAYMT,  nothing",
      "OPTIN,                b BTG,           nothing",
      "OPTIN,                b,               nothing",
      "OPTIN,                stranger TREAT,  nothing",
      "OPTOUT,               b TREAT,         deny",
      "OPTOUT,               b,               deny",
      "OPTOUT,               stranger BTG,    deny",
      "OPTINR,               b TREAT,         indeterminate",
      "OPTOUTE,              b TREAT,         indeterminate",
      "urn:own:policy,       b TREAT,         indeterminate",
      "basic-normal,         b TREAT,         permit",
      "basic-normal,         b HPAYMT,        nothing",
      "basic-normal,         b TREAT HPAYMT,  nothing",
      "basic-normal,         stranger TREAT,  nothing",
      "all-normal,           b TREAT HRESCH,  permit",
      "all-normal,           b TREAT BTG,     nothing",
      "all-normal,           b,               nothing",
      "all-normal,           stranger TREAT,  nothing",
      "break-glass-only,     b TREAT,         deny",
      "break-glass-only,     b TREAT BTG,     deny",
      "break-glass-only,     b,               deny",
      "break-glass-only,     b BTG,           nothing",
      "deny,                 b TREAT,         deny",
      "deny,                 b BTG,           deny",
      "unheard-of,           b TREAT,         indeterminate",
    })
    void meansWhatItSays(String rule, String request, String expected) {
      String base = rule.matches("[a-z-]+") ? PCF + rule : rule;
      assertThat(World.outcome(base, "-", request, "")).isEqualTo(expected);
    }

    @Test
    void anExceptionToABasePermitThatDoesNotCoverTheRequestLeavesNothing() {
      assertThat(World.outcome("OPTIN", "deny class=Encounter", "b HPAYMT", ""))
          .isEqualTo("nothing");
      assertThat(World.outcome("OPTIN", "deny class=Observation", "b HPAYMT", ""))
          .isEqualTo("deny");
    }

    @Test
    void aTypedRootPermitsBeyondTheConfiguredPurposes() {
      assertThat(World.outcome("OPTIN", "permit purpose=HPAYMT", "b HPAYMT", ""))
          .isEqualTo("permit");
    }

    @Test
    void theRuleMayAlsoStandAsAUriInPolicyRule() {
      Consent consent = ConsentText.consent(PCF + "deny", "-");
      consent.setPolicy(List.of());
      consent.getPolicyRule().addCoding().setSystem("urn:ietf:rfc:3986").setCode(PCF + "deny");
      assertThat(World.outcome(consent, World.request("b TREAT"), World.observation("")))
          .isEqualTo("deny");
    }

    @Test
    void aCodeOfAnotherSystemIsNone() {
      Consent consent = ConsentText.consent("OPTIN", "-");
      consent.getPolicyRule().getCodingFirstRep().setSystem("urn:own");
      assertThat(World.outcome(consent, World.request("b TREAT"), World.observation("")))
          .isEqualTo("indeterminate");
    }

    @Test
    void anUnknownPolicyBesideAKnownRuleIsPassedOver() {
      Consent consent = ConsentText.consent("OPTIN", "-");
      consent.addPolicy().setUri("https://hospital.example/terms.html");
      assertThat(World.outcome(consent, World.request("b TREAT"), World.observation("")))
          .isEqualTo("permit");
    }

    @Test
    void anUnknownOneIsReported() {
      assertThat(World.limitations("urn:own:policy", "permit"))
          .containsExactly("Consent.policy: not a base rule that this server knows: there is none");
    }
  }

  @Nested
  class S1_7_Combining {

    @Test
    void anyDenyWinsOverPermits() {
      AccessDecider decider = ofSeven("permit", "deny class=Observation", "permit");
      assertThat(decider.decide(World.facts(World.observation(""))).permits()).isFalse();
      assertThat(decider.decide(World.facts(patient("7"))).permits()).isTrue();
    }

    @Test
    void withoutAnyPermitItIsADenial() {
      assertThat(ofSeven().decide(World.facts(World.observation(""))).permits()).isFalse();
      Decision decision =
          ofSeven("permit class=Encounter").decide(World.facts(World.observation("")));
      assertThat(decision.permits()).isFalse();
      assertThat(decision.grounds()).isEmpty();
      assertThat(decision.reason()).isEqualTo("No consent of Patient/7 permits it.");
    }

    @Test
    void aConsentThatIsNewerDoesNotOverruleAnother() {
      assertThat(
              ofSeven("deny period=2020..", "permit period=2026..")
                  .decide(World.facts(World.observation("")))
                  .permits())
          .isFalse();
    }

    @Test
    void everyPatientThatItNamesMustPermit() {
      AccessDecider both =
          decider(
              Map.of(
                  "Patient/7", List.of(consent("1", "none", "permit", "Patient/7")),
                  "Patient/8", List.of(consent("2", "none", "permit", "Patient/8"))));
      Observation observation = World.observation("");
      observation.addFocus(new Reference("Patient/8"));
      assertThat(both.decide(World.facts(observation)).permits()).isTrue();
      assertThat(ofSeven("permit").decide(World.facts(observation)).permits()).isFalse();
      observation.addFocus(new Reference("Patient/9"));
      assertThat(both.decide(World.facts(observation)).permits()).isFalse();
    }

    @Test
    void oneThatIsNamedByIdentifierIsLookedUp() {
      Observation observation = World.observation("");
      observation.addFocus(ConsentText.reference("urn~mrn|hong"));
      assertThat(ofSeven("permit").decide(World.facts(observation)).permits()).isFalse();
      AccessDecider both =
          decider(
              Map.of(
                  "Patient/7", List.of(consent("1", "none", "permit", "Patient/7")),
                  "Patient/8", List.of(consent("2", "none", "permit", "Patient/8"))));
      assertThat(both.decide(World.facts(observation)).permits()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "urn~mrn|nobody",
          "https://else.example/fhir/Patient/1",
          "urn:uuid:8b2a6a38-4b7d-4b1c-9a53-000000000001",
          "Patient?identifier=1"
        })
    void somebodyWhoCannotBeToldIsNotPermitted(String focus) {
      Observation observation = World.observation("");
      observation.addFocus(ConsentText.reference(focus));
      Decision decision = ofSeven("permit").decide(World.facts(observation));
      assertThat(decision.permits()).isFalse();
      assertThat(decision.reason()).isEqualTo("It names a patient who is not known here.");
    }

    @Test
    void aPatientByIdentifierWhomNobodyKnowsIsNotPermitted() {
      Observation observation = World.observation("");
      observation.addFocus(ConsentText.reference("urn~mrn|nobody").setType("Patient"));
      assertThat(ofSeven("permit").decide(World.facts(observation)).permits()).isFalse();
      observation.getFocusFirstRep().getIdentifier().setValue("seven");
      assertThat(ofSeven("permit").decide(World.facts(observation)).permits()).isTrue();
    }

    @Test
    void aPerformerByIdentifierWhoIsKnownAsSuchIsNoPatient() {
      Observation observation = World.observation("author=urn~licence|kim");
      assertThat(ofSeven("permit").decide(World.facts(observation)).permits()).isTrue();
      observation = World.observation("author=urn~licence|park");
      assertThat(ofSeven("permit").decide(World.facts(observation)).permits()).isFalse();
    }

    @Test
    void withoutAPatientOnlyAllowedTypesAndOnlyIncluded() {
      Resource organization = new Organization().setId("Organization/c");
      Resource location = new Location().setId("Location/1");
      Resource questionnaire = new org.hl7.fhir.r4.model.Questionnaire().setId("Questionnaire/1");
      AccessDecider decider = ofSeven("permit");
      for (Resource resource : List.of(organization, location)) {
        assertThat(decider.decide(World.facts(resource)).permits()).isFalse();
        assertThat(decider.decideIncluded(World.facts(resource)).permits()).isTrue();
      }
      assertThat(decider.decide(World.facts(questionnaire)).permits()).isFalse();
      assertThat(decider.decideIncluded(World.facts(questionnaire)).permits()).isFalse();
    }

    @Test
    void anAllowedTypeThatNamesAPatientIsDecidedByThePatient() {
      Resource location =
          Json.parse(
              """
          {"resourceType":"Location","id":"1","extension":[{"url":"urn:home-of",
           "valueReference":{"reference":"Patient/8"}}]}""");
      assertThat(ofSeven("permit").decideIncluded(World.facts(location)).permits()).isFalse();
    }

    @Test
    void anIncludedResourceOfAPatientIsDecidedLikeAnyOther() {
      ResourceFacts facts = World.facts(World.observation(""));
      assertThat(ofSeven("permit").decideIncluded(facts).permits()).isTrue();
      assertThat(ofSeven("deny").decideIncluded(facts).permits()).isFalse();
    }

    private static Patient patient(String id) {
      Patient patient = new Patient();
      patient.setId("Patient/" + id + "/_history/1");
      return patient;
    }
  }

  @Nested
  class S1_8_Result {

    @Test
    void namesTheConsentThePathAndWhatTheLedgerSays() {
      AccessDecider decider =
          ofSeven("deny { permit class=Encounter ; permit class=Observation }", "permit");
      Decision decision = decider.decide(World.facts(World.observation("")));
      assertThat(decision.effect()).isEqualTo(Decision.Effect.PERMIT);
      assertThat(decision.grounds())
          .extracting(ground -> ground.consent() + " " + ground.path())
          .containsExactly(
              "Consent/c0/_history/1 Consent.provision.provision[1]",
              "Consent/c1/_history/1 Consent.provision");
      LedgerFact ledger = decision.grounds().get(0).ledger();
      assertThat(ledger).isEqualTo(World.onLedger(Status.ACTIVE));
      assertThat(ledger.state().commitment()).isEqualTo(World.hash(1));
      assertThat(ledger.block()).isEqualTo(40);
      assertThat(ledger.blockTime()).isEqualTo(Instant.parse("2026-06-01T00:00:00Z"));
      assertThat(decision.reason())
          .isEqualTo(
              "Consent/c0/_history/1 permits it (Consent.provision.provision[1]),"
                  + " Consent/c1/_history/1 permits it (Consent.provision).");
    }

    @Test
    void ofADenialOnlyThoseThatDeny() {
      Decision decision =
          ofSeven("permit", "deny", "deny class=?").decide(World.facts(World.observation("")));
      assertThat(decision.grounds())
          .extracting(Ground::consent, Ground::effect)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple("Consent/c1/_history/1", Ground.Effect.DENY),
              org.assertj.core.groups.Tuple.tuple("Consent/c2/_history/1", Ground.Effect.DENY));
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            OPTIN  | deny class=Encounter                     | Consent.policyRule
            OPTOUT | permit class=Encounter                   | Consent.policyRule
            OPTOUT | permit class=?                           | Consent.policyRule
            none   | permit { deny { permit ; deny } ; deny } | Consent.provision.provision[0].provision[1]
            none   | permit { permit class=Encounter }        | Consent.provision
            https://profiles.ihe.net/ITI/PCF/Policy-deny | -  | Consent.policy[0].uri
            """)
    void thePathIsOfTheElementThatDecided(String base, String provision, String path) {
      PatientPolicy policy =
          World.policy(
              "Patient/7",
              World.request("b TREAT"),
              World.admitted(ConsentText.consent(base, provision)));
      assertThat(policy.decide(World.facts(World.observation(""))))
          .extracting(Ground::path)
          .containsExactly(path);
    }

    @Test
    void labelsThatBindTheReceiverAreObligations() {
      AccessDecider decider = ofSeven("permit");
      Decision decision =
          decider.decide(World.facts(World.observation("label=R,HIV,NORDSCLCD,PERSISTLABEL")));
      assertThat(decision.obligations())
          .isEqualTo(
              Set.of(
                  new Code(Code.ACT_CODE, "NORDSCLCD"), new Code(Code.ACT_CODE, "PERSISTLABEL")));
      assertThat(
              decider
                  .decide(World.facts(World.observation("subject=Patient/8 label=MASK")))
                  .obligations())
          .isEmpty();
    }

    @Test
    void aRequestOfTheCustodiansOwnIsNotDecidedHere() {
      assertThatThrownBy(
              () -> new AccessRequest(World.A, Requester.of(World.A), Set.of(), World.NOW))
          .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRequesterIsOneHospital() {
      assertThatThrownBy(
              () -> new Requester(World.B, Set.of(BusinessId.of(World.C)), Set.of(), Set.of()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
