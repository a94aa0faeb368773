package org.sillok.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sillok.ledger.Address;
import org.sillok.ledger.ConsentState.Status;
import org.sillok.ledger.Expiry;
import org.sillok.merkle.Hash;

class WhichConsentsCountTest {

  private static final Address KEY = Address.parse("0x00000000000000000000000000000000000000aa");

  private static Consent permit() {
    return ConsentText.consent("none", "permit");
  }

  private static Consent deny() {
    return ConsentText.consent("none", "deny class=Observation");
  }

  private static StoredVersion version(int number, Consent consent, int commitment) {
    return new StoredVersion(
        "Consent/1/_history/" + number, World.rules(consent), false, World.hash(commitment), true);
  }

  private static StoredConsent stored(@Nullable LedgerFact ledger, StoredVersion... versions) {
    return new StoredConsent("Consent/1", ledger, List.of(versions), false);
  }

  private static LedgerFact standing() {
    return World.onLedger(Status.ACTIVE);
  }

  /** Beside another consent that permits everything, so that a deny shows. */
  private static String outcome(StoredConsent consent) {
    StoredConsent other =
        new StoredConsent(
            "Consent/2",
            World.onLedger(Status.ACTIVE),
            List.of(
                new StoredVersion(
                    "Consent/2/_history/1", World.rules(permit()), false, World.hash(1), true)),
            false);
    PatientPolicy alone = World.policy("Patient/7", World.request("b TREAT"), consent);
    PatientPolicy both = World.policy("Patient/7", World.request("b TREAT"), consent, other);
    String result = World.outcome(alone, World.observation(""));
    String beside = World.outcome(both, World.observation(""));
    assertThat(beside).isEqualTo(result.equals("nothing") ? "permit" : result);
    return result;
  }

  private static List<Standing> judge(StoredConsent consent) {
    return Admission.judge(consent, PatientIdentity.of("Patient/7"), World.NOW);
  }

  private static String kinds(StoredConsent consent) {
    return judge(consent).stream().map(s -> s.kind().name()).collect(Collectors.joining(" "));
  }

  @Nested
  class S1_2_Admitted {

    @Test
    void anActiveAnchoredMatchingPrivacyConsentOfThisPatientCounts() {
      assertThat(outcome(stored(standing(), version(1, permit(), 1)))).isEqualTo("permit");
      assertThat(outcome(stored(standing(), version(1, deny(), 1)))).isEqualTo("deny");
      assertThat(judge(stored(standing(), version(1, permit(), 1))))
          .singleElement()
          .returns(Standing.Kind.ADMITTED, Standing::kind)
          .returns(false, Standing::alarm);
    }

    @ParameterizedTest
    @EnumSource(
        value = ConsentState.class,
        names = {"DRAFT", "PROPOSED", "REJECTED", "INACTIVE", "ENTEREDINERROR"})
    void anyOtherStatusDoesNot(ConsentState status) {
      Consent permit = permit().setStatus(status);
      Consent deny = deny().setStatus(status);
      assertThat(outcome(stored(standing(), version(1, permit, 1)))).isEqualTo("nothing");
      assertThat(outcome(stored(standing(), version(1, deny, 1)))).isEqualTo("nothing");
      assertThat(outcome(stored(null, version(1, deny, 1)))).isEqualTo("nothing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"adr", "research", "treatment"})
    void anyOtherScopeDoesNot(String scope) {
      for (Consent consent : List.of(permit(), deny())) {
        consent.getScope().getCodingFirstRep().setCode(scope);
        assertThat(outcome(stored(standing(), version(1, consent, 1)))).isEqualTo("nothing");
        assertThat(World.rules(consent).limitations())
            .extracting(Limitation::path)
            .contains("Consent.scope");
      }
    }

    @Test
    void aScopeOfAnotherSystemDoesNot() {
      Consent consent = permit();
      consent.getScope().getCodingFirstRep().setSystem("urn:own");
      assertThat(outcome(stored(standing(), version(1, consent, 1)))).isEqualTo("nothing");
    }

    @Test
    void revokedOnTheLedgerItDoesNot() {
      LedgerFact revoked = World.onLedger(Status.REVOKED);
      assertThat(outcome(stored(revoked, version(1, permit(), 1)))).isEqualTo("nothing");
      assertThat(outcome(stored(revoked, version(1, deny(), 1)))).isEqualTo("nothing");
    }

    @Test
    void expiredOnTheLedgerItDoesNot() {
      LedgerFact expired = World.onLedger(Status.EXPIRED);
      assertThat(outcome(stored(expired, version(1, permit(), 1)))).isEqualTo("nothing");
    }

    @Test
    void itEndsInTheSecondOfItsLedgerExpiry() {
      StoredConsent before = stored(expiringAt(World.NOW.plusSeconds(1)), version(1, permit(), 1));
      StoredConsent then = stored(expiringAt(World.NOW), version(1, permit(), 1));
      assertThat(outcome(before)).isEqualTo("permit");
      assertThat(outcome(then)).isEqualTo("nothing");
    }

    private static LedgerFact expiringAt(Instant end) {
      var state = standing().state().amended(World.hash(1), Expiry.at(end));
      return new LedgerFact(state, 40, World.NOW);
    }

    @Test
    void onlyTheVersionThatTheLedgerHasCounts() {
      StoredConsent consent = stored(standing(), version(2, permit(), 1), version(1, deny(), 3));
      assertThat(outcome(consent)).isEqualTo("permit");
      assertThat(judge(consent))
          .extracting(Standing::reference)
          .containsExactly("Consent/1/_history/2");
    }

    @Test
    void itMayNameItsPatientByIdentifierOrByThisServersUrl() {
      Consent byId = permit();
      byId.setPatient(ConsentText.reference("urn~mrn|seven"));
      Consent byUrl = permit();
      byUrl.setPatient(new Reference("https://a.example/fhir/Patient/7/_history/1"));
      PatientIdentity seven =
          new PatientIdentity("Patient/7", Set.of(new BusinessId("urn:mrn", "seven")));
      for (Consent consent : List.of(byId, byUrl)) {
        assertThat(Admission.judge(stored(standing(), version(1, consent, 1)), seven, World.NOW))
            .singleElement()
            .returns(Standing.Kind.ADMITTED, Standing::kind);
      }
    }
  }

  @Nested
  class S1_2_PermitsVoidDeniesStay {

    private static void indeterminate(StoredConsent permitting, StoredConsent denying) {
      assertThat(outcome(permitting)).isEqualTo("nothing");
      assertThat(outcome(denying)).isEqualTo("deny");
      assertThat(kinds(denying)).isEqualTo("INDETERMINATE");
    }

    @Test
    void whileTheLedgerDoesNotHaveIt() {
      indeterminate(stored(null, version(1, permit(), 1)), stored(null, version(1, deny(), 1)));
    }

    @Test
    void ifTheLogDoesNotVouchForIt() {
      StoredConsent permitting = stored(standing(), unvouched(permit()));
      StoredConsent denying = stored(standing(), unvouched(deny()));
      indeterminate(permitting, denying);
      assertThat(judge(permitting)).singleElement().returns(true, Standing::alarm);
    }

    private static StoredVersion unvouched(Consent consent) {
      return new StoredVersion(
          "Consent/1/_history/1", World.rules(consent), false, World.hash(1), false);
    }

    @Test
    void ifItSaysThatItWasNotVerified() {
      Consent permit = permit();
      permit.addVerification().setVerified(true);
      assertThat(outcome(stored(standing(), version(1, permit, 1)))).isEqualTo("permit");
      permit.addVerification().setVerified(false);
      Consent deny = deny();
      deny.addVerification().setVerified(false);
      indeterminate(
          stored(standing(), version(1, permit, 1)), stored(standing(), version(1, deny, 1)));
    }

    @Test
    void ifThePatientHasAKeyThatDidNotSignIt() {
      StoredVersion permit = version(1, permit(), 1);
      indeterminate(
          new StoredConsent("Consent/1", standing(), List.of(permit), true),
          new StoredConsent("Consent/1", standing(), List.of(version(1, deny(), 1)), true));
      var state = standing().state();
      var signed =
          new org.sillok.ledger.ConsentState(
              state.key(), state.commitment(), KEY, state.expiry(), 1, Status.ACTIVE);
      LedgerFact fact = new LedgerFact(signed, 40, World.NOW);
      assertThat(outcome(new StoredConsent("Consent/1", fact, List.of(permit), true)))
          .isEqualTo("permit");
    }

    @Test
    void ofAVersionThatIsNewerThanTheLedgersTheDeniesCountAtOnce() {
      StoredConsent amended = stored(standing(), version(2, deny(), 2), version(1, permit(), 1));
      assertThat(outcome(amended)).isEqualTo("deny");
      StoredConsent widened = stored(standing(), version(2, permit(), 2), version(1, deny(), 1));
      assertThat(outcome(widened)).isEqualTo("deny");
      StoredConsent same = stored(standing(), version(2, permit(), 2), version(1, permit(), 1));
      assertThat(outcome(same)).isEqualTo("permit");
      assertThat(kinds(same)).isEqualTo("ADMITTED INDETERMINATE");
    }

    @Test
    void onceItIsWithdrawnHereAndTheLedgerDoesNotKnowYet() {
      StoredVersion inactive = version(2, permit().setStatus(ConsentState.INACTIVE), 2);
      StoredVersion deleted = new StoredVersion("Consent/1/_history/2", null, true, null, true);
      for (StoredVersion withdrawal : List.of(inactive, deleted)) {
        indeterminate(
            stored(standing(), withdrawal, version(1, permit(), 1)),
            stored(standing(), withdrawal, version(1, deny(), 1)));
      }
    }

    @Test
    void whatIsActiveHereAfterItsRevocationOnlyDenies() {
      LedgerFact revoked = World.onLedger(Status.REVOKED);
      assertThat(outcome(stored(revoked, version(2, permit(), 2), version(1, permit(), 1))))
          .isEqualTo("nothing");
      assertThat(outcome(stored(revoked, version(2, deny(), 2), version(1, permit(), 1))))
          .isEqualTo("deny");
    }

    @Test
    void ifItsBaseRulesContradictEachOther() {
      Consent consent = ConsentText.consent("OPTIN", "permit class=Observation");
      consent.addPolicy().setUri("https://profiles.ihe.net/ITI/PCF/Policy-deny");
      assertThat(outcome(stored(standing(), version(1, consent, 1)))).isEqualTo("nothing");
      Consent denying = ConsentText.consent("OPTIN", "permit class=Encounter");
      denying.addPolicy().setUri("https://profiles.ihe.net/ITI/PCF/Policy-deny");
      assertThat(outcome(stored(standing(), version(1, denying, 1)))).isEqualTo("deny");
    }

    @Test
    void aNestedPermitIsVoidAsWellSoThatTheDenyAroundItHolds() {
      Consent consent = ConsentText.consent("none", "deny { permit class=Observation }");
      assertThat(outcome(stored(standing(), version(1, consent, 1)))).isEqualTo("permit");
      assertThat(outcome(stored(null, version(1, consent, 1)))).isEqualTo("deny");
    }

    @Test
    void aBasePermitIsVoidAsWell() {
      Consent consent = ConsentText.consent("OPTIN", "deny class=Encounter");
      assertThat(outcome(stored(standing(), version(1, consent, 1)))).isEqualTo("permit");
      assertThat(outcome(stored(null, version(1, consent, 1)))).isEqualTo("nothing");
    }
  }

  @Nested
  class S1_2_DeniesTheWholePatient {

    private static void deniesAll(StoredConsent consent, boolean alarm) {
      assertThat(outcome(consent)).isEqualTo("indeterminate");
      assertThat(judge(consent))
          .anySatisfy(
              standing -> {
                assertThat(standing.kind()).isEqualTo(Standing.Kind.DENIES_ALL);
                assertThat(standing.alarm()).isEqualTo(alarm);
              });
    }

    private static StoredVersion unreadable(int number, @Nullable Hash commitment) {
      return new StoredVersion("Consent/1/_history/" + number, null, false, commitment, true);
    }

    @Test
    void contentThatCannotBeRead() {
      deniesAll(stored(standing(), unreadable(1, World.hash(1))), true);
      deniesAll(stored(null, unreadable(1, null)), true);
      deniesAll(stored(standing(), unreadable(2, null), version(1, permit(), 1)), true);
    }

    @Test
    void anIdOnTheLedgerWithoutItsContent() {
      deniesAll(stored(standing()), true);
      deniesAll(stored(standing(), version(1, permit(), 2)), true);
      StoredVersion uncommitted =
          new StoredVersion("Consent/1/_history/1", World.rules(permit()), false, null, true);
      deniesAll(stored(standing(), uncommitted), true);
    }

    @Test
    void deactivatingItInTheDatabaseDoesNotHelp() {
      Consent edited = deny().setStatus(ConsentState.INACTIVE);
      deniesAll(stored(standing(), version(1, edited, 2)), true);
      StoredVersion deleted = new StoredVersion("Consent/1/_history/2", null, true, null, true);
      deniesAll(stored(standing(), deleted), true);
    }

    @Test
    void anUnknownModifierWhereverItStands() {
      Consent onTop = permit();
      onTop.addModifierExtension(new Extension("urn:not", new StringType("x")));
      Consent inside = ConsentText.consent("none", "permit { permit }");
      inside
          .getProvision()
          .getProvisionFirstRep()
          .addModifierExtension(new Extension("urn:not", new StringType("x")));
      Consent ofActor = ConsentText.consent("none", "permit actor=Organization/c");
      ofActor
          .getProvision()
          .getActorFirstRep()
          .addModifierExtension(new Extension("urn:not", new StringType("x")));
      Consent rules = permit();
      rules.setImplicitRules("urn:rules");
      for (Consent consent : List.of(onTop, inside, ofActor, rules)) {
        deniesAll(stored(standing(), version(1, consent, 1)), false);
        deniesAll(stored(null, version(1, consent, 1)), false);
        assertThat(World.rules(consent).limitations())
            .anyMatch(limitation -> limitation.lacking().startsWith("unknown, and may turn"));
      }
      assertThat(World.rules(inside).limitations())
          .extracting(Limitation::path)
          .containsExactly("Consent.provision.provision[0].modifierExtension");
    }

    @Test
    void aConsentOfAnotherPatientThatIsFiledHere() {
      for (String other : List.of("Patient/8", "?", "https://else.example/Patient/7")) {
        Consent consent = permit();
        consent.setPatient(ConsentText.reference(other));
        deniesAll(stored(standing(), version(1, consent, 1)), true);
      }
    }

    @Test
    void everybodyIfItIsNotKnownWhoseItIs() {
      StoredConsent lost = new StoredConsent("0x99", standing(), List.of(), false);
      PatientPolicy policy =
          PatientPolicy.compile(
              new PatientConsents(
                  PatientIdentity.of("Patient/7"),
                  List.of(World.admitted(permit())),
                  List.of(lost),
                  Map.of()),
              World.request("b TREAT"),
              World.DIRECTORY,
              World.SETTINGS);
      assertThat(World.outcome(policy, World.observation(""))).isEqualTo("indeterminate");
      assertThat(policy.standings())
          .filteredOn(Standing::alarm)
          .extracting(Standing::reference)
          .containsExactly("0x99");
    }

    @Test
    void butNotWhatIsRevokedOrExpired() {
      for (Status status : List.of(Status.REVOKED, Status.EXPIRED)) {
        assertThat(outcome(stored(World.onLedger(status)))).isEqualTo("nothing");
      }
    }
  }
}
