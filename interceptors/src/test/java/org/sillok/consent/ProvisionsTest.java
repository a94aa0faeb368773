package org.sillok.consent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Provisions as trees. The requester is hospital b, asking for treatment unless said. */
class ProvisionsTest {

  /** In the tables, a label stands for a criterion: N matches by default, R does, HIV does not. */
  private static String outcome(String base, String provision, String resource) {
    return World.outcome(base, provision, "b TREAT", resource == null ? "" : resource);
  }

  @Nested
  class S1_1_Words {

    @ParameterizedTest(name = "{0} and {1} = {2}, or = {3}")
    @CsvSource({
      "T,T,T,T", "T,U,U,T", "T,F,F,T", "U,T,U,T", "U,U,U,U", "U,F,F,U", "F,T,F,T", "F,U,F,U",
      "F,F,F,F"
    })
    void threeValuesAreCombined(Tri one, Tri two, Tri and, Tri or) {
      assertThat(one.and(two)).isEqualTo(and);
      assertThat(one.or(two)).isEqualTo(or);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            permit                                          | permit
            permit class=Observation label=N                | permit
            permit class=Observation label=HIV              | nothing
            permit class=Encounter label=N                  | nothing
            permit class=?                                  | nothing
            permit class=?,Observation                      | permit
            permit class=? label=N                          | nothing
            permit class=? label=HIV                        | nothing
            deny class=?                                    | deny
            deny class=? label=N                            | deny
            deny class=? label=HIV                          | nothing
            deny class=?,Encounter                          | deny
            deny class=Encounter,Observation                | deny
            deny class=Encounter,Patient                    | nothing
            """)
    void aPermitNeedsTrueAndADenyAnythingButFalse(String provision, String expected) {
      assertThat(outcome("none", provision, "")).isEqualTo(expected);
    }

    @Test
    void silenceNeverPermits() {
      PatientPolicy policy = World.policy("Patient/7", World.request("b TREAT"));
      assertThat(World.outcome(policy, World.observation(""))).isEqualTo("nothing");
    }
  }

  @Nested
  class S1_4_RootProvision {

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            none   | permit                     | permit
            none   | permit class=Observation   | permit
            none   | permit class=Encounter     | nothing
            none   | deny                       | deny
            none   | deny class=Observation     | deny
            none   | deny class=Encounter       | nothing
            OPTIN  | permit class=Observation   | permit
            OPTIN  | permit class=Encounter     | nothing
            OPTIN  | permit class=?             | nothing
            OPTOUT | deny class=Observation     | deny
            OPTOUT | deny class=Encounter       | nothing
            OPTOUT | deny class=?               | deny
            """)
    void typedOverNoneOrTheSame(String base, String provision, String expected) {
      assertThat(outcome(base, provision, "")).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            OPTIN  | deny class=Observation     | deny
            OPTIN  | deny class=Encounter       | permit
            OPTIN  | deny class=?               | deny
            OPTIN  | deny                       | deny
            OPTOUT | permit class=Observation   | permit
            OPTOUT | permit class=Encounter     | deny
            OPTOUT | permit class=?             | indeterminate
            OPTOUT | permit                     | permit
            """)
    void typedOverTheOpposite(String base, String provision, String expected) {
      assertThat(outcome(base, provision, "")).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            OPTIN  | -                          | permit
            OPTIN  | *                          | permit
            OPTIN  | * period=2026..2026        | permit
            OPTOUT | -                          | deny
            OPTOUT | *                          | deny
            OPTOUT | * period=2026..2026        | deny
            """)
    void untypedWithoutCriteriaIsTheBase(String base, String provision, String expected) {
      assertThat(outcome(base, provision, "")).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            OPTIN  | * class=Observation        | deny
            OPTIN  | * class=Encounter          | permit
            OPTIN  | * class=?                  | deny
            OPTOUT | * class=Observation        | indeterminate
            OPTOUT | * class=Encounter          | deny
            OPTOUT | * class=?                  | indeterminate
            """)
    void untypedWithCriteriaIsAnExceptionAndNeverAPermit(
        String base, String provision, String expected) {
      assertThat(outcome(base, provision, "")).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: indeterminate")
    @CsvSource({"-", "*", "* class=Observation", "* class=Encounter", "* class=?"})
    void untypedOverNoneIsIndeterminate(String provision) {
      assertThat(outcome("none", provision, "")).isEqualTo("indeterminate");
      assertThat(World.limitations("none", provision))
          .anyMatch(words -> words.startsWith("Consent.provision.type: neither"));
    }

    @ParameterizedTest(name = "{0}, {1} 2025: nothing")
    @CsvSource({
      "OPTIN,*",
      "OPTOUT,*",
      "none,*",
      "none,permit",
      "none,deny",
      "OPTOUT,permit class=Encounter",
      "OPTIN,deny class=Encounter",
      "OPTIN,* class=Encounter",
      "none,* class=Observation"
    })
    void outsideOfItsPeriodTheConsentDoesNotApplyAtAll(String base, String provision) {
      assertThat(outcome(base, provision + " period=2025..2025", "")).isEqualTo("nothing");
    }

    @ParameterizedTest(name = "{0}, {1} period=2027..2026: {2}")
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            none   | permit                     | nothing
            none   | deny                       | deny
            OPTIN  | *                          | nothing
            OPTOUT | *                          | deny
            OPTIN  | deny class=Encounter       | nothing
            OPTOUT | permit class=Encounter     | deny
            OPTOUT | permit class=Observation   | nothing
            none   | permit { deny label=N }    | deny
            """)
    void ofAPeriodThatCannotBeReadTheDeniesStay(String base, String provision, String expected) {
      String text = provision.replaceFirst("(permit|deny|\\*)", "$1 period=2027..2026");
      assertThat(outcome(base, text, "")).isEqualTo(expected);
    }

    @Test
    void nestedPermitsUnderAnUntypedRootAreExplicit() {
      assertThat(outcome("OPTOUT", "* { permit class=Observation }", "")).isEqualTo("permit");
      assertThat(outcome("OPTOUT", "* { permit class=Encounter }", "")).isEqualTo("deny");
      assertThat(outcome("none", "* { permit class=Observation }", "")).isEqualTo("permit");
      assertThat(outcome("none", "* { permit class=Encounter }", "")).isEqualTo("indeterminate");
    }
  }

  @Nested
  class S1_5_NestedProvisions {

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            permit { deny class=Observation }                                    | deny
            permit { deny class=Encounter }                                      | permit
            permit { deny class=? }                                              | deny
            deny { permit class=Observation }                                    | permit
            deny { permit class=Encounter }                                      | deny
            deny { permit class=? }                                              | deny
            permit { permit class=Encounter }                                    | permit
            permit { permit class=? }                                            | permit
            deny { deny class=Encounter }                                        | deny
            permit { deny { permit class=Observation } }                         | permit
            permit { deny { permit class=Encounter } }                           | deny
            permit { deny class=? { permit class=Observation } }                 | deny
            permit { deny class=Encounter { permit class=Observation } }         | permit
            permit { deny actor=Organization/unheard-of }                        | deny
            permit { deny purpose=? }                                            | deny
            permit { deny purpose=HRESCH }                                       | permit
            permit { deny action=? { permit } }                                  | deny
            deny { permit actor=Organization/unheard-of }                        | deny
            deny { permit { deny { permit label=N } } }                          | permit
            deny { permit { deny { permit label=HIV } } }                        | deny
            deny { permit { deny { permit { deny { permit } } } } }              | permit
            deny { permit { deny { permit { deny { permit { deny } } } } } }     | deny
            """)
    void theInnermostMatchDecides(String provision, String expected) {
      assertThat(outcome("none", provision, "")).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            permit { permit ; deny }                                             | deny
            permit { deny ; permit }                                             | deny
            deny { permit class=Observation ; deny class=Observation }           | deny
            deny { permit class=Observation ; deny class=Encounter }             | permit
            deny { permit class=Observation ; deny class=? }                     | deny
            deny { permit class=? ; permit class=Observation }                   | permit
            permit { deny { permit } ; deny }                                    | deny
            permit { deny { permit } ; permit }                                  | permit
            """)
    void amongMatchingSiblingsDenyWins(String provision, String expected) {
      assertThat(outcome("none", provision, "")).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            none   | permit class=? { permit label=N }                           | nothing
            none   | permit class=? { deny label=N }                             | deny
            none   | permit class=? { deny label=HIV }                           | nothing
            none   | permit class=Encounter { deny label=N }                     | nothing
            OPTOUT | permit class=Encounter { permit label=N }                   | deny
            OPTIN  | deny class=? { permit label=N }                             | deny
            OPTIN  | deny class=Encounter { deny label=N }                       | permit
            OPTOUT | permit class=? { permit label=N }                           | indeterminate
            none   | deny { permit class=? { deny label=N } }                    | deny
            none   | deny { permit class=? { permit label=N } }                  | deny
            none   | permit { permit class=? { deny label=N } }                  | deny
            none   | permit { permit class=Encounter { deny label=N } }          | permit
            """)
    void theWholePathCounts(String base, String provision, String expected) {
      assertThat(outcome(base, provision, "")).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            permit { * class=Observation }                                       | indeterminate
            permit { * class=Encounter }                                         | permit
            permit { * class=? }                                                 | indeterminate
            deny { * class=Observation }                                         | indeterminate
            permit { * { permit label=N } }                                      | permit
            """)
    void aNestedProvisionWithoutATypeIsIndeterminate(String provision, String expected) {
      assertThat(outcome("none", provision, "")).isEqualTo(expected);
      assertThat(World.limitations("none", provision))
          .contains(
              "Consent.provision.provision[0].type: a nested provision without a type denies");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            permit { permit period=2025..2025 ; deny period=2026..2026 }         | deny
            permit { deny period=2025..2025 }                                    | permit
            deny { permit period=..2026-06 ; permit period=2026-08.. }           | deny
            deny { permit period=2026-07..2026-07 }                              | permit
            """)
    void aNestedPeriodIsACriterionLikeOthers(String provision, String expected) {
      assertThat(outcome("none", provision, "")).isEqualTo(expected);
    }

    /** What lies only partly inside of a deny is not released by an exception to the deny. */
    @ParameterizedTest(name = "{0}; {1}; {2}: {3}")
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            deny purpose=HRESCH { permit }       | b HRESCH         |                        | permit
            deny purpose=HRESCH { permit }       | b HRESCH HMARKT  |                        | deny
            deny purpose=HRESCH,HMARKT { permit }| b HRESCH HMARKT  |                        | permit
            deny dataPeriod=2026..2026 { permit }| b TREAT          | date=2026-03           | permit
            deny dataPeriod=2026..2026 { permit }| b TREAT          | date=2025-12..2026-01  | deny
            deny label=HIV { permit }            | b TREAT          | label=HIV              | permit
            deny label=HIV { permit }            | b TREAT          | label=HIV,PSY          | deny
            deny label=R { permit }              | b TREAT          | label=V,PSY            | permit
            deny label=R,HIV { permit }          | b TREAT          | label=V,PSY            | deny
            permit { deny dataPeriod=2026..2026 { permit } } | b TREAT        | date=2025-12..2026-01  | deny
            permit { deny dataPeriod=2026..2026 { permit } } | b TREAT        | date=2026-03           | permit
            permit { deny purpose=HRESCH { permit } }        | b HRESCH TREAT |                        | deny
            permit { deny label=HIV { permit } }             | b TREAT        | label=HIV,PSY          | deny
            permit { deny dataPeriod=2026..2026 { deny label=N } } | b TREAT | date=2025-12..2026-01 | deny
            """)
    void anExceptionReleasesOnlyWhatLiesWhollyInsideTheDeny(
        String provision, String request, String resource, String expected) {
      assertThat(World.outcome("none", provision, request, resource == null ? "" : resource))
          .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            permit label=N { permit label=R }                                 | securityLabel
            permit label=N { deny label=R }                                   | securityLabel
            deny label=V { permit label=R }                                   | securityLabel
            permit label=N { permit label=HIV }                               | securityLabel
            permit label=HIV { permit label=PSY }                             | securityLabel
            permit period=2026..2026 { permit period=2027..2027 }             | period
            permit dataPeriod=2020..2021 { deny dataPeriod=2022..2023 }       | dataPeriod
            permit purpose=TREAT { deny purpose=HRESCH }                      | purpose
            deny purpose=TREAT { permit purpose=HRESCH }                      | purpose
            permit class=Observation { deny class=Encounter }                 | class
            permit data=instance:Encounter/1 { deny data=instance:Encounter/2 } | data
            """)
    void aProvisionThatCanNeverApplyIsReported(String provision, String element) {
      assertThat(World.limitations("none", provision))
          .containsExactly(
              "Consent.provision.provision[0]: can never apply: its "
                  + element
                  + " lies outside of that of Consent.provision");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            permit label=R { permit label=N }
            permit label=R { deny label=N }
            deny label=R { permit label=V }
            deny label=R { permit label=HIV }
            permit label=R,HIV { deny label=HIV }
            deny purpose=TREAT { deny purpose=HRESCH }
            deny dataPeriod=2020..2021 { deny dataPeriod=2022..2023 }
            permit period=2026..2027 { permit period=2027..2028 }
            permit class=Observation { deny class=Observation,Encounter }
            permit class=Observation { deny class=?,Encounter }
            permit data=related:Encounter/1 { deny data=instance:Observation/2 }
            """)
    void aProvisionThatMayApplyIsNot(String provision) {
      assertThat(World.limitations("none", provision))
          .noneMatch(words -> words.contains("can never apply"));
    }

    @Test
    void aProvisionOutOfReachOfAnOuterOneFurtherUpIsReported() {
      assertThat(World.limitations("none", "permit label=N { deny { permit label=R } }"))
          .containsExactly(
              "Consent.provision.provision[0].provision[0]: can never apply: its securityLabel"
                  + " lies outside of that of Consent.provision");
    }
  }
}
