package org.sillok.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each criterion by itself. Its value shows in two rules: a permit applies if it is T, a deny
 * unless it is F.
 */
class CriteriaTest {

  /** The value of a criterion for a permit. */
  private static String forPermit(String criterion, String request, String resource) {
    String text = resource == null ? "" : resource;
    if (World.outcome("none", "permit " + criterion, request, text).equals("permit")) {
      return "T";
    }
    String outside = World.outcome("OPTOUT", "permit " + criterion, request, text);
    return outside.equals("deny") ? "F" : "U";
  }

  /** The value of a criterion for a deny, as far as it shows: U and T both deny. */
  private static String forDeny(String criterion, String request, String resource) {
    String text = resource == null ? "" : resource;
    boolean denies = World.outcome("none", "deny " + criterion, request, text).equals("deny");
    return denies ? "denies" : "F";
  }

  @Nested
  class S1_6_Period {

    private String at(String period, String now) {
      AccessRequest request =
          new AccessRequest(World.A, Requester.of(World.B), Set.of("TREAT"), Instant.parse(now));
      Consent consent = ConsentText.consent("none", "permit period=" + period);
      return World.outcome(consent, request, World.observation(""));
    }

    @ParameterizedTest(name = "{0} at {1}: {2}")
    @CsvSource({
      "2026..2026,                    2025-12-31T15:00:00Z,     permit",
      "2026..2026,                    2025-12-31T14:59:59.999Z, nothing",
      "2026..2026,                    2026-12-31T14:59:59.999Z, permit",
      "2026..2026,                    2026-12-31T15:00:00Z,     nothing",
      "2026-03..2026-03,              2026-02-28T15:00:00Z,     permit",
      "2026-03..2026-03,              2026-03-31T15:00:00Z,     nothing",
      "2026-03-05..2026-03-05,        2026-03-05T14:59:59Z,     permit",
      "2026-03-05..2026-03-05,        2026-03-05T15:00:00Z,     nothing",
      "2026-03-05..2026-03-05,        2026-03-04T14:59:59Z,     nothing",
      "2026..,                        2030-01-01T00:00:00Z,     permit",
      "2026..,                        2025-01-01T00:00:00Z,     nothing",
      "..2026,                        1999-01-01T00:00:00Z,     permit",
      "..2026,                        2027-01-01T00:00:00Z,     nothing",
      "2026-01-01T09:00:00+09:00..,   2026-01-01T00:00:00Z,     permit",
      "2026-01-01T09:00:00+09:00..,   2025-12-31T23:59:59Z,     nothing",
      "..2026-01-01T09:00:00+09:00,   2026-01-01T00:00:00.9Z,   permit",
      "..2026-01-01T09:00:00+09:00,   2026-01-01T00:00:01Z,     nothing",
      "..2026-01-01T00:00:00.5Z,      2026-01-01T00:00:00.6Z,   nothing",
      "..2026-01-01T00:00:00.5Z,      2026-01-01T00:00:00.5Z,   permit",
    })
    void isClosedAndCoversWholeUnitsInTheConfiguredZone(
        String period, String now, String expected) {
      assertThat(at(period, now)).isEqualTo(expected);
    }

    @Test
    void readsDatesInTheZoneThatIsConfigured() {
      ZoneId tokyoWest = ZoneId.of("America/New_York");
      assertThat(DateSpan.parse("2026-03-08", tokyoWest))
          .contains(
              new DateSpan(
                  Instant.parse("2026-03-08T05:00:00Z"), Instant.parse("2026-03-09T04:00:00Z")));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "26",
          "2026-13",
          "2026-02-30",
          "2026-1-1",
          "2026-01-01T25:00:00Z",
          "x",
          "2026-01-01T10:00:60Z",
          "2026-01-01T10Z",
          "2026-01-01 10:00:00Z"
        })
    void whatIsNoDateIsNotRead(String text) {
      assertThat(DateSpan.parse(text, ZoneId.of("Asia/Seoul"))).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"2027..2026", "nothing"})
    void whatCannotBeReadIsUnknownAndReported(String period) {
      assertThat(World.outcome("none", "permit period=" + period, "b TREAT", ""))
          .isEqualTo("nothing");
      assertThat(World.outcome("none", "deny period=" + period, "b TREAT", "")).isEqualTo("deny");
      assertThat(World.limitations("none", "deny period=" + period))
          .singleElement()
          .asString()
          .startsWith("Consent.provision.period: ");
    }

    @Test
    void aStartThatIsOnlySaidToBeAbsentIsUnknown() {
      Consent consent = ConsentText.consent("none", "permit period=..2026");
      consent
          .getProvision()
          .getPeriod()
          .getStartElement()
          .addExtension(new Extension("urn:absent", new StringType("unknown")));
      AccessRequest request = World.request("b TREAT");
      assertThat(World.outcome(consent, request, World.observation(""))).isEqualTo("nothing");
    }
  }

  @Nested
  class S1_6_Actor {

    @ParameterizedTest(name = "{0} for {1}: {2}")
    @CsvSource({
      // the requester's Organization
      "Organization/b,                  b TREAT,      T",
      "IRCP:Organization/b,             b TREAT,      T",
      "PRCP:Organization/b,             b TREAT,      T",
      "GRANTEE:Organization/b,          b TREAT,      T",
      "Organization/c,                  b TREAT,      F",
      "Organization/c,                  c TREAT,      T",
      "Organization/insurer,            b TREAT,      F",
      "https://a.example/fhir/Organization/b, b TREAT, T",
      "Organization/b/_history/4,       b TREAT,      T",
      "https://else.example/Organization/b, b TREAT,  U",
      "Organization/unheard-of,         b TREAT,      U",
      "Organization/b,                  stranger TREAT, F",
      "Organization/insurer,            stranger TREAT, U",
      // by identifier
      "urn~sillok~hospital|b,           b TREAT,      T",
      "urn~sillok~hospital|c,           b TREAT,      F",
      "urn~sillok~hospital|new,         b TREAT,      F",
      "urn~other|b,                     b TREAT,      U",
      "urn~insurers|9,                  b TREAT,      F",
      // what it belongs to, and what belongs to it
      "Organization/net,                b TREAT,      T",
      "urn~net|1,                       b TREAT,      T",
      "Organization/net,                c TREAT,      F",
      "Organization/b-psy,              b TREAT,      U",
      "Organization/b-psy,              b kim TREAT,  T",
      "Organization/b-eye,              b kim TREAT,  U",
      "Organization/b-psy,              c kim TREAT,  F",
      "Organization/b,                  c kim TREAT,  F",
      "Organization/b-psy,              stranger kim TREAT, U",
      "urn~dep|p,                       b TREAT,      U",
      // Group and CareTeam
      "Group/bc,                        b TREAT,      T",
      "Group/c,                         b TREAT,      F",
      "Group/nested,                    b TREAT,      T",
      "Group/round,                     b TREAT,      F",
      "Group/empty,                     b TREAT,      U",
      "Group/unheard-of,                b TREAT,      U",
      "CareTeam/kims,                   b kim TREAT,  T",
      "CareTeam/kims,                   b lee TREAT,  F",
      "CareTeam/kims,                   b TREAT,      U",
      // Practitioner
      "Practitioner/kim,                b kim TREAT,  T",
      "Practitioner/kim,                c kim TREAT,  T",
      "Practitioner/kim,                b lee TREAT,  F",
      "Practitioner/kim,                b TREAT,      U",
      "Practitioner/unheard-of,         b kim TREAT,  U",
      "Practitioner/foreign,            b kim TREAT,  F",
      "urn~licence|kim,                 b kim TREAT,  T",
      "urn~licence|park,                b kim TREAT,  F",
      "urn~licence|kim,                 b TREAT,      U",
      // PractitionerRole
      "PractitionerRole/kim-psy,        b kim psychiatrist TREAT, T",
      "PractitionerRole/kim-psy,        b kim TREAT,              U",
      "PractitionerRole/kim-psy,        b kim surgeon TREAT,      F",
      "PractitionerRole/kim-psy,        c kim psychiatrist TREAT, F",
      "PractitionerRole/kim-psy,        b lee psychiatrist TREAT, F",
      "PractitionerRole/kim-psy,        b psychiatrist TREAT,     U",
      "PractitionerRole/unheard-of,     b kim psychiatrist TREAT, U",
      // never a hospital
      "Patient/7,                       b TREAT,      F",
      "RelatedPerson/mother,            b TREAT,      F",
      "Device/app,                      b TREAT,      U",
      "?,                               b TREAT,      U",
      // any within a group
      "'Organization/c,Organization/b',         b TREAT, T",
      "'Organization/c,Organization/insurer',   b TREAT, F",
      "'Organization/c,Organization/unheard-of', b TREAT, U",
      "'Organization/b,Organization/unheard-of', b TREAT, T",
      "'Organization/b,IRCP:Organization/c',    b TREAT, T",
      // between groups all
      "CST:Organization/a,                      b TREAT, T",
      "CST:Organization/b,                      b TREAT, F",
      "CST:Organization/unheard-of,             b TREAT, U",
      "'CST:Organization/a,IRCP:Organization/b', b TREAT, T",
      "'CST:Organization/a,IRCP:Organization/c', b TREAT, F",
      "'CST:Organization/c,IRCP:Organization/b', b TREAT, F",
      "'CST:Organization/c,CST:Organization/a', b TREAT, T",
      // any other role
      "WIT:Organization/b,                      b TREAT, U",
      "DELEGATEE:Organization/b,                b TREAT, U",
      "'WIT:Organization/b,Organization/b',     b TREAT, U",
      "'WIT:Organization/b,Organization/c',     b TREAT, F",
    })
    void namesWhoReceives(String actors, String request, String expected) {
      assertThat(forPermit("actor=" + actors, request, "")).isEqualTo(expected);
      assertThat(forDeny("actor=" + actors, request, ""))
          .isEqualTo(expected.equals("F") ? "F" : "denies");
    }

    @ParameterizedTest(name = "{0} of what {1} wrote: {2}")
    @CsvSource({
      "AUT:Practitioner/kim,      author=Practitioner/kim,                         T",
      "AUT:Practitioner/kim,      author=Practitioner/lee,                         F",
      "AUT:Practitioner/kim,      'author=Practitioner/lee,Practitioner/kim',      T",
      "AUT:Practitioner/kim,      author=urn~licence|kim,                          T",
      "AUT:Practitioner/kim,      author=urn~licence|lee,                          U",
      "AUT:Practitioner/kim,      author=PractitionerRole/kim-psy,                 T",
      "AUT:Practitioner/kim,      author=PractitionerRole/unheard-of,              U",
      "AUT:Practitioner/kim,      author=Organization/b,                           U",
      "AUT:Practitioner/kim,      author=Patient/7,                                F",
      "AUT:Practitioner/kim,      ,                                                U",
      "AUT:urn~licence|kim,       author=Practitioner/kim,                         T",
      "AUT:Organization/b,        author=Organization/b,                           T",
      "AUT:Organization/b,        author=Organization/b-psy,                       T",
      "AUT:Organization/b,        author=Practitioner/kim,                         T",
      "AUT:Organization/b,        author=Practitioner/lee,                         U",
      "AUT:Organization/b,        author=Organization/c,                           F",
      "AUT:Group/bc,              author=Organization/c,                           T",
    })
    void namesTheAuthor(String actors, String resource, String expected) {
      assertThat(forPermit("actor=" + actors, "b TREAT", resource)).isEqualTo(expected);
      assertThat(forDeny("actor=" + actors, "b TREAT", resource))
          .isEqualTo(expected.equals("F") ? "F" : "denies");
    }

    @Test
    void aReferenceAndAnIdentifierThatMeanDifferentHospitalsAreUnknown() {
      Consent consent = ConsentText.consent("none", "permit actor=Organization/b");
      consent
          .getProvision()
          .getActorFirstRep()
          .getReference()
          .getIdentifier()
          .setSystem(BusinessId.HOSPITAL)
          .setValue("c");
      for (String request : List.of("b TREAT", "c TREAT")) {
        assertThat(World.outcome(consent, World.request(request), World.observation("")))
            .isEqualTo("nothing");
      }
    }

    @Test
    void anIdentifierBesideAReferenceThatIsNotKnownIsEnough() {
      Consent consent =
          ConsentText.consent("none", "permit actor=https://b.example/Organization/1");
      consent
          .getProvision()
          .getActorFirstRep()
          .getReference()
          .getIdentifier()
          .setSystem(BusinessId.HOSPITAL)
          .setValue("b");
      assertThat(World.outcome(consent, World.request("b TREAT"), World.observation("")))
          .isEqualTo("permit");
    }

    @Test
    void aRoleIsTakenFromTheSystemThatDefinesIt() {
      Consent consent = ConsentText.consent("none", "permit actor=IRCP:Organization/b");
      Coding role = consent.getProvision().getActorFirstRep().getRole().getCodingFirstRep();
      role.setSystem("https://hospital.example/roles");
      assertThat(World.outcome(consent, World.request("b TREAT"), World.observation("")))
          .isEqualTo("nothing");
      consent
          .getProvision()
          .getActorFirstRep()
          .getRole()
          .addCoding(new Coding(Code.PARTICIPATION, "IRCP", null));
      assertThat(World.outcome(consent, World.request("b TREAT"), World.observation("")))
          .isEqualTo("permit");
      consent
          .getProvision()
          .getActorFirstRep()
          .getRole()
          .addCoding(new Coding(Code.PARTICIPATION, "CST", null));
      assertThat(World.outcome(consent, World.request("b TREAT"), World.observation("")))
          .isEqualTo("nothing");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
      "WIT:Organization/b, Consent.provision.actor[0]: a role that is not evaluated",
      "?,                  Consent.provision.actor[0]: names nobody who could be looked up",
    })
    void whatCannotBeEvaluatedIsReported(String actor, String expected) {
      assertThat(World.limitations("none", "permit actor=" + actor)).containsExactly(expected);
    }
  }

  @Nested
  class S1_6_Purpose {

    @ParameterizedTest(name = "{0} asked with {1}: permit {2}, deny {3}")
    @CsvSource({
      "TREAT,            b TREAT,         T, denies",
      "TREAT,            b TREAT HPAYMT,  F, denies",
      "'TREAT,HPAYMT',   b TREAT HPAYMT,  T, denies",
      "'TREAT,HPAYMT',   b HPAYMT,        T, denies",
      "HPAYMT,           b TREAT,         F, F",
      "TREAT,            b ETREAT,        F, F",
      "TREAT,            b BTG,           F, F",
      "ETREAT,           b TREAT,         F, F",
      "TREAT,            b treat,         F, F",
      "?,                b TREAT,         U, denies",
      "'?,TREAT',        b TREAT,         T, denies",
      "'?,TREAT',        b HPAYMT,        U, denies",
      "'?,TREAT',        b TREAT HPAYMT,  U, denies",
      "TREAT,            b,               U, denies",
    })
    void aPermitNeedsEveryAssertedPurposeAndADenyAny(
        String listed, String request, String permit, String deny) {
      String lowered = request.replace("treat", "Treat");
      assertThat(forPermit("purpose=" + listed, lowered, "")).isEqualTo(permit);
      assertThat(forDeny("purpose=" + listed, lowered, "")).isEqualTo(deny);
    }

    @Test
    void aPurposeOfAnotherSystemIsReported() {
      assertThat(World.limitations("none", "permit purpose=TREAT,?"))
          .containsExactly("Consent.provision.purpose[1]: not a purpose of v3-ActReason");
    }
  }

  @Nested
  class S1_6_Action {

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
      "access, T",
      "disclose, T",
      "'use,access', T",
      "use, F",
      "'collect,correct', F",
      "?, U",
      "'?,use', U",
      "'?,disclose', T",
      "invented, U"
    })
    void readingIsAccessAndDisclose(String actions, String expected) {
      assertThat(forPermit("action=" + actions, "b TREAT", "")).isEqualTo(expected);
      assertThat(forDeny("action=" + actions, "b TREAT", ""))
          .isEqualTo(expected.equals("F") ? "F" : "denies");
    }

    @Test
    void aProvisionThatDoesNotSpeakOfReadingIsReported() {
      assertThat(World.limitations("none", "permit action=use"))
          .containsExactly(
              "Consent.provision.action: can never apply: reading is access or disclose");
    }
  }

  @Nested
  class S1_6_SecurityLabel {

    @ParameterizedTest(name = "{0} on {1}: permit {2}, deny {3}")
    @CsvSource({
      // the order of confidentiality; a resource without is N
      "N,        label=N,          T, denies",
      "N,        label=L,          T, F",
      "N,        label=U,          T, F",
      "N,        label=R,          F, denies",
      "R,        label=N,          T, F",
      "R,        label=V,          F, denies",
      "V,        label=R,          T, F",
      "U,        label=U,          T, denies",
      "U,        label=L,          F, denies",
      "N,        ,                 T, denies",
      "R,        ,                 T, F",
      "L,        ,                 F, denies",
      "M,        ,                 F, denies",
      // the highest of several counts
      "N,        'label=N,V',      F, denies",
      "R,        'label=R,U',      T, denies",
      // listed ones are alternatives
      "'L,R',    label=N,          T, denies",
      "'L,R',    label=U,          T, F",
      "'L,R',    label=V,          F, denies",
      // sensitivities
      "N,        label=HIV,        F, denies",
      "R,        label=HIV,        F, F",
      "'R,HIV',  label=HIV,        T, denies",
      "'R,HIV',  'label=R,HIV',    T, denies",
      "'R,HIV',  'label=V,HIV',    F, denies",
      "'R,HIV',  'label=HIV,PSY',  F, denies",
      "'R,HIV,PSY', 'label=HIV,PSY', T, denies",
      "HIV,      label=HIV,        T, denies",
      "HIV,      'label=V,HIV',    T, denies",
      "HIV,      label=N,          F, F",
      "HIV,      ,                 F, F",
      "HIV,      label=PSY,        F, F",
      "ETH,      'label=ETH,SDV',  F, denies",
      "'HIV,PSY', label=PSY,       T, denies",
      // a label that cannot be understood is one that has to be covered
      "R,        label=?,          F, F",
      "'R,?',    label=?,          T, denies",
      "R,        label=http://terminology.hl7.org/CodeSystem/v3-Confidentiality|X, F, F",
      "R,        label=http://elsewhere|HIV, F, F",
      "HIV,      label=http://elsewhere|HIV, F, F",
      // labels that tell nothing of sensitivity need no cover
      "N,        label=PERSISTLABEL, T, denies",
      "N,        label=http://terminology.hl7.org/CodeSystem/v3-ObservationValue|SUBSETTED, T, denies",
    })
    void permitsCoverDownwardsAndDeniesUpwards(
        String listed, String resource, String permit, String deny) {
      assertThat(forPermit("label=" + listed, "b TREAT", resource)).isEqualTo(permit);
      assertThat(forDeny("label=" + listed, "b TREAT", resource)).isEqualTo(deny);
    }

    @Test
    void aPermitWithoutLabelsCoversEveryLabel() {
      assertThat(World.outcome("none", "permit", "b TREAT", "label=V,HIV")).isEqualTo("permit");
    }

    @Test
    void theDefaultOfAResourceWithoutIsConfigured() {
      ConsentSettings strict =
          new ConsentSettings(
              ZoneId.of("Asia/Seoul"), Set.of(), Confidentiality.R, Set.of(), Set.of());
      Consent consent = ConsentText.consent("none", "permit label=N");
      PatientPolicy policy =
          PatientPolicy.compile(
              new PatientConsents(
                  PatientIdentity.of("Patient/7"),
                  List.of(World.admitted(consent)),
                  List.of(),
                  Map.of()),
              World.request("b TREAT"),
              World.DIRECTORY,
              strict);
      assertThat(World.outcome(policy, World.observation(""))).isEqualTo("nothing");
      assertThat(World.outcome(policy, World.observation("label=N"))).isEqualTo("permit");
    }

    @Test
    void aListedLabelWithoutACodeIsUnknown() {
      Consent consent = ConsentText.consent("none", "permit label=N");
      consent.getProvision().addSecurityLabel().setDisplay("secret");
      AccessRequest request = World.request("b TREAT");
      assertThat(World.outcome(consent, request, World.observation(""))).isEqualTo("permit");
      assertThat(World.outcome(consent, request, World.observation("label=R")))
          .isEqualTo("nothing");
      consent.getProvision().getTypeElement().setValueAsString("deny");
      assertThat(World.outcome(consent, request, World.observation("label=L"))).isEqualTo("deny");
      assertThat(World.rules(consent).limitations())
          .containsExactly(
              new Limitation("Consent.provision.securityLabel[1]", "a label without a code"));
    }
  }

  @Nested
  class S1_6_Class {

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
      "Observation, T",
      "Encounter, F",
      "'Encounter,Observation', T",
      "Observatoin, U",
      "Resource, U",
      "http://hl7.org/fhir/fhir-types|Observation, T",
      "urn:ietf:rfc:3986|http://profile.example/lab, T",
      "urn:ietf:rfc:3986|http://profile.example/lab|2, F",
      "urn:ietf:rfc:3986|http://profile.example/vital|1, T",
      "urn:ietf:rfc:3986|http://profile.example/vital, T",
      "urn:ietf:rfc:3986|http://profile.example/other, F",
      "http://hl7.org/fhir/StructureDefinition/bp|bp, T",
      "urn:ietf:bcp:13|application/pdf, F",
      "loinc|11506-3, F",
      "?, U",
      "'?,Encounter', U",
      "'?,Observation', T",
    })
    void isReadByItsSystem(String classes, String expected) {
      String resource =
          "profile=http://profile.example/lab,http://profile.example/vital|1,"
              + "http://hl7.org/fhir/StructureDefinition/bp";
      assertThat(forPermit("class=" + classes, "b TREAT", resource)).isEqualTo(expected);
      assertThat(forDeny("class=" + classes, "b TREAT", resource))
          .isEqualTo(expected.equals("F") ? "F" : "denies");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
      "DocumentReference, permit",
      "urn:ietf:bcp:13|application/pdf, permit",
      "urn:ietf:bcp:13|APPLICATION/PDF, permit",
      "urn:ietf:bcp:13|text/plain, nothing",
      "loinc|11506-3, permit",
      "loinc|34117-2, permit",
      "loinc|99999-9, nothing",
      "http://ihe.net/fhir/ihe.formatcode.fhir/CodeSystem/formatcode|urn:ihe:iti:xds-sd:pdf:2008,"
          + " permit",
    })
    void ofADocumentItMayBeContentFormatTypeOrCategory(String classes, String expected) {
      String json =
          """
          {"resourceType":"DocumentReference","id":"1","status":"current",
           "subject":{"reference":"Patient/7"},
           "type":{"coding":[{"system":"http://loinc.org","code":"11506-3"}]},
           "category":[{"coding":[{"system":"http://loinc.org","code":"34117-2"}]}],
           "content":[{"attachment":{"contentType":"application/pdf; charset=x"},
             "format":{"system":"http://ihe.net/fhir/ihe.formatcode.fhir/CodeSystem/formatcode",
                       "code":"urn:ihe:iti:xds-sd:pdf:2008"}}]}
          """;
      Consent consent = ConsentText.consent("none", "permit class=" + classes);
      assertThat(World.outcome(consent, World.request("b TREAT"), Json.parse(json)))
          .isEqualTo(expected);
    }

    @Test
    void whatIsNotKnownIsReported() {
      assertThat(World.limitations("none", "permit class=?,Observatoin"))
          .containsExactly(
              "Consent.provision.class[0]: a class of a system that is not known",
              "Consent.provision.class[1]: not a resource type of FHIR R4");
    }
  }

  @Nested
  class S1_6_Code {

    @ParameterizedTest(name = "{0} in {1}: {2}")
    @CsvSource({
      "8480-6,          code=8480-6,                       T",
      "8480-6,          code=8462-4,                       F",
      "8480-6,          'code=8462-4,8480-6',              T",
      "'1-1,8480-6',    code=8480-6,                       T",
      "8480-6,          code=urn:other|8480-6,             F",
      "urn:other|8480-6, code=urn:other|8480-6,            T",
      "8480-6,          ,                                  F",
      "?,               code=8480-6,                       U",
      "'?,8480-6',      code=8480-6,                       T",
    })
    void isAnyCodingInTheResource(String codes, String resource, String expected) {
      assertThat(forPermit("code=" + codes, "b TREAT", resource)).isEqualTo(expected);
      assertThat(forDeny("code=" + codes, "b TREAT", resource))
          .isEqualTo(expected.equals("F") ? "F" : "denies");
    }

    @Test
    void deepInsideAsWell() {
      Observation observation = World.observation("");
      observation.addComponent().getCode().addCoding(new Coding(ConsentText.LOINC, "8480-6", null));
      Consent consent = ConsentText.consent("none", "deny code=8480-6");
      assertThat(World.outcome(consent, World.request("b TREAT"), observation)).isEqualTo("deny");
    }
  }

  @Nested
  class S1_6_DataPeriod {

    @ParameterizedTest(name = "{0} of {1}: permit {2}, deny {3}")
    @CsvSource({
      "2026..2026,             date=2026-03-05,               T, denies",
      "2026..2026,             date=2025,                     F, F",
      "2026..2026,             date=2026,                     T, denies",
      "2026-03..2026-03,       date=2026,                     F, denies",
      "2026..2026,             date=2025-12..2026-01,         F, denies",
      "2026..2026,             date=2026-01..,                F, denies",
      "2026..,                 date=2026-01..,                T, denies",
      "2026..,                 date=..2026-01,                F, denies",
      "..2025,                 date=2026-01..,                F, F",
      "2026..2026,             date=2025-12-31T15:00:00Z,     T, denies",
      "2026..2026,             date=2025-12-31T14:59:59Z,     F, F",
      "2026..2026,             ,                              U, denies",
      "2027..2026,             date=2026,                     U, denies",
    })
    void aPermitNeedsTheDateContainedAndADenyAnyOverlap(
        String period, String resource, String permit, String deny) {
      assertThat(forPermit("dataPeriod=" + period, "b TREAT", resource)).isEqualTo(permit);
      assertThat(forDeny("dataPeriod=" + period, "b TREAT", resource)).isEqualTo(deny);
    }
  }

  @Nested
  class S1_6_Data {

    private static final Map<String, Set<String>> REFERENCES =
        Map.of("Encounter/3", Set.of("Patient/7", "Observation/1"), "Encounter/4", Set.of());

    private String outcome(String type, String data, String resource) {
      Consent consent = ConsentText.consent("none", type + " data=" + data);
      PatientPolicy policy =
          World.policy("Patient/7", REFERENCES, World.request("b TREAT"), World.admitted(consent));
      return World.outcome(policy, World.observation(resource == null ? "" : resource));
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource({
      "instance:Observation/1,                                 ,                      T",
      "instance:Observation/2,                                 ,                      F",
      "instance:https://a.example/fhir/Observation/1,          ,                      T",
      "instance:Observation/1/_history/3,                      ,                      T",
      "instance:Observation/1/_history/2,                      ,                      U",
      "instance:https://else.example/Observation/1,            ,                      U",
      "instance:urn~x|1,                                       ,                      U",
      "instance:?,                                             ,                      U",
      "'instance:Observation/2,instance:Observation/1',        ,                      T",
      "related:Observation/1,                                  ,                      T",
      "related:Encounter/3,                                    ,                      T",
      "related:Encounter/4,                                    ,                      F",
      "related:Encounter/5,                                    ,                      U",
      "related:Encounter/4,                    encounter=Encounter/4,                 F",
      "dependents:Observation/1,                               ,                      T",
      "dependents:Encounter/3,                 encounter=Encounter/3,                 T",
      "dependents:Encounter/3,                 encounter=Encounter/3/_history/1,      T",
      "dependents:Encounter/3,                 encounter=Encounter/4,                 F",
      "dependents:Encounter/3,                                 ,                      F",
      "dependents:Patient/7,                                   ,                      T",
      "authoredby:Practitioner/kim,            author=Practitioner/kim,               T",
      "authoredby:Practitioner/kim,            author=Practitioner/lee,               F",
      "authoredby:Practitioner/kim,                            ,                      U",
      "authoredby:urn~licence|kim,             author=Practitioner/kim,               T",
      "authoredby:Organization/b,              author=Practitioner/kim,               T",
    })
    void hasFourMeanings(String data, String resource, String expected) {
      assertThat(outcome("permit", data, resource))
          .isEqualTo(expected.equals("T") ? "permit" : "nothing");
      assertThat(outcome("deny", data, resource))
          .isEqualTo(expected.equals("F") ? "nothing" : "deny");
    }

    @Test
    void saysOfWhichInstancesTheReferencesAreNeeded() {
      String text =
          "permit data=related:Encounter/3 { deny data=related:Encounter/4,instance:X/1 }";
      assertThat(World.rules(ConsentText.consent("none", text)).relatedInstances())
          .containsExactlyInAnyOrder("Encounter/3", "Encounter/4");
    }

    @Test
    void aMeaningThatIsMissingIsUnknownAndReported() {
      Consent consent = ConsentText.consent("none", "deny data=instance:Observation/2");
      consent.getProvision().getDataFirstRep().setMeaning(null);
      AccessRequest request = World.request("b TREAT");
      assertThat(World.outcome(consent, request, World.observation(""))).isEqualTo("deny");
      assertThat(World.rules(consent).limitations())
          .containsExactly(new Limitation("Consent.provision.data[0]", "no meaning that is known"));
    }
  }

  @Test
  void S1_6_extensionsOfProvisionsAreReportedAndDoNotCount() {
    Consent consent = ConsentText.consent("none", "permit actor=Organization/b");
    consent.getProvision().addExtension("urn:x", new StringType("y"));
    consent.getProvision().getActorFirstRep().addExtension("urn:x", new StringType("y"));
    assertThat(World.rules(consent).limitations())
        .extracting(Limitation::path)
        .containsExactly("Consent.provision.extension", "Consent.provision.actor.extension");
    assertThat(World.outcome(consent, World.request("b TREAT"), World.observation("")))
        .isEqualTo("permit");
  }
}
