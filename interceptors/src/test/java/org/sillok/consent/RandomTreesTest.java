package org.sillok.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.Test;
import org.sillok.ledger.ConsentState.Status;

/** Random consents, requests and resources, decided by the engine and by {@link NaiveEvaluator}. */
class RandomTreesTest {

  private static final int TREES = 50_000;
  private static final int ASKED_PER_TREE = 3;
  private static final String PCF = "https://profiles.ihe.net/ITI/PCF/Policy-";
  private static final String[] BASES = {
    "none",
    "none",
    "none",
    "OPTIN",
    "OPTIN",
    "OPTOUT",
    "OPTOUT",
    PCF + "basic-normal",
    PCF + "all-normal",
    PCF + "break-glass-only",
    PCF + "deny"
  };
  private static final String[] PERIODS = {
    "2026..2026",
    "2026-07-01..2026-07-01",
    "2025..",
    "..2027-01",
    "2026-07-01T09:30:00+09:00..",
    "..2026-07-01T09:29:59+09:00",
    "2027..2028",
    "..2025",
    "2027..2026"
  };
  private static final String[] NAMES = {
    "Organization/b", "Organization/c", "Organization/net", "Organization/b-psy", "Organization/a",
    "Organization/unheard-of", "Group/bc", "Group/c", "Practitioner/kim", "Practitioner/lee",
    "urn~sillok~hospital|b", "urn~sillok~hospital|c", "Patient/7"
  };
  private static final String[] ROLES = {"", "", "", "IRCP:", "GRANTEE:", "CST:", "AUT:", "WIT:"};
  private static final String[] ACTIONS = {"access", "disclose", "use", "collect", "?"};
  private static final String[] PURPOSES = {"TREAT", "TREAT", "HPAYMT", "HRESCH", "BTG", "?"};
  private static final String[] LABELS = {"L", "N", "R", "V", "HIV", "PSY", "ETH"};
  private static final String[] CLASSES = {"Observation", "Observation", "Encounter", "?"};
  private static final String[] CODES = {"8480-6", "8462-4", "1-1", "?"};
  private static final String[] DATES = {
    "2026..2026", "2026-03..2026-03", "2025-06..", "..2026-03-05", "2024..2024", "2027..2026"
  };
  private static final String[] DATA = {
    "instance:Observation/1", "instance:Observation/2", "instance:Observation/1/_history/3",
    "instance:Observation/1/_history/2", "related:Encounter/3", "related:Encounter/4",
    "related:Encounter/5", "dependents:Encounter/3", "dependents:Encounter/4",
    "authoredby:Practitioner/kim", "authoredby:Organization/c", "instance:urn~x|1"
  };
  private static final String[] REQUESTS = {
    "b TREAT",
    "b TREAT",
    "b kim TREAT",
    "c lee TREAT",
    "c TREAT",
    "stranger TREAT",
    "b HPAYMT",
    "b TREAT HPAYMT",
    "b kim HRESCH TREAT",
    "b BTG",
    "b TREAT BTG",
    "b"
  };
  private static final Map<String, Set<String>> REFERENCES =
      Map.of(
          "Encounter/3", Set.of("Observation/1"),
          "Encounter/4", Set.of(),
          "Observation/1", Set.of("Patient/7"));

  private final Random random = new Random(20261122);

  @Test
  void theEngineAndTheNaiveEvaluatorNeverDiffer() {
    Map<Ground.Effect, Integer> seen = new EnumMap<>(Ground.Effect.class);
    int nothing = 0;
    List<String> differences = new ArrayList<>();
    for (int tree = 0; tree < TREES && differences.isEmpty(); tree++) {
      String base = one(BASES);
      String provision = provision(0);
      Consent consent = ConsentText.consent(base, provision);
      ConsentRules rules = World.rules(consent);
      boolean admitted = random.nextInt(8) > 0;
      for (int i = 0; i < ASKED_PER_TREE; i++) {
        String asked = one(REQUESTS);
        String of = resource();
        AccessRequest request = World.request(asked);
        Observation resource = World.observation(of);
        List<Ground> grounds = policy(rules, request, admitted).decide(World.facts(resource));
        String naive = new NaiveEvaluator(request, resource, admitted).decide(consent);
        String engine = "nothing";
        if (grounds.isEmpty()) {
          nothing++;
        } else {
          Ground ground = grounds.get(0);
          seen.merge(ground.effect(), 1, Integer::sum);
          engine = ground.effect().name().toLowerCase(Locale.ROOT) + " " + ground.path();
        }
        if (!engine.equals(naive)) {
          differences.add(
              String.join(
                  "\n",
                  base,
                  provision,
                  asked,
                  of,
                  "admitted " + admitted,
                  "engine " + engine,
                  "naive  " + naive));
        }
      }
    }
    assertThat(differences).isEmpty();
    assertThat(seen).hasSize(3).allSatisfy((effect, times) -> assertThat(times).isGreaterThan(999));
    assertThat(nothing).isGreaterThan(999);
  }

  /** Several consents of one patient: any deny, else any permit, and all that decided. */
  @Test
  void severalConsentsCombineAsTheirSingleDecisionsSay() {
    for (int round = 0; round < 5_000; round++) {
      AccessRequest request = World.request(one(REQUESTS));
      Observation resource = World.observation(resource());
      List<StoredConsent> stored = new ArrayList<>();
      List<String> single = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(4); i++) {
        Consent consent = ConsentText.consent(one(BASES), provision(1));
        stored.add(stored(World.rules(consent), true));
        single.add(new NaiveEvaluator(request, resource, true).decide(consent));
      }
      List<String> denying = single.stream().filter(s -> s.matches("(deny|indet).*")).toList();
      List<String> permitting = single.stream().filter(s -> s.startsWith("permit")).toList();
      List<Ground> grounds = policy(stored, request).decide(World.facts(resource));
      assertThat(grounds)
          .extracting(g -> g.effect().name().toLowerCase(Locale.ROOT) + " " + g.path())
          .isEqualTo(denying.isEmpty() ? permitting : denying);
    }
  }

  private static PatientPolicy policy(ConsentRules rules, AccessRequest request, boolean admitted) {
    return policy(List.of(stored(rules, admitted)), request);
  }

  private static PatientPolicy policy(List<StoredConsent> consents, AccessRequest request) {
    return PatientPolicy.compile(
        new PatientConsents(PatientIdentity.of("Patient/7"), consents, List.of(), REFERENCES),
        request,
        World.DIRECTORY,
        World.SETTINGS);
  }

  private static StoredConsent stored(ConsentRules rules, boolean admitted) {
    return new StoredConsent(
        "Consent/1",
        World.onLedger(Status.ACTIVE),
        List.of(new StoredVersion("Consent/1/_history/1", rules, false, World.hash(1), admitted)),
        false);
  }

  private String provision(int depth) {
    StringBuilder text = new StringBuilder(one("permit", "permit", "deny", "deny", "*"));
    criterion(text, 8, "period", PERIODS, 1);
    if (random.nextInt(5) == 0) {
      List<String> actors = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(3); i++) {
        actors.add(one(ROLES) + one(NAMES));
      }
      text.append(" actor=").append(String.join(",", actors));
    }
    criterion(text, 10, "action", ACTIONS, 2);
    criterion(text, 6, "purpose", PURPOSES, 3);
    criterion(text, 5, "label", LABELS, 3);
    criterion(text, 6, "class", CLASSES, 2);
    criterion(text, 8, "code", CODES, 2);
    criterion(text, 7, "dataPeriod", DATES, 1);
    criterion(text, 8, "data", DATA, 2);
    int children = depth > 4 ? 0 : Math.max(0, random.nextInt(5) - (depth == 0 ? 1 : 2));
    for (int i = 0; i < children; i++) {
      text.append(i == 0 ? " { " : " ; ").append(provision(depth + 1));
    }
    return text.append(children > 0 ? " }" : "").toString();
  }

  private void criterion(StringBuilder text, int oneIn, String name, String[] values, int most) {
    if (random.nextInt(oneIn) == 0) {
      text.append(' ').append(name).append('=').append(some(values, most));
    }
  }

  private String resource() {
    StringBuilder text = new StringBuilder();
    criterion(text, 2, "label", LABELS, 3);
    criterion(text, 2, "code", new String[] {"8480-6", "8462-4", "9-9"}, 2);
    criterion(
        text,
        2,
        "date",
        new String[] {
          "2026",
          "2026-03",
          "2026-03-05",
          "2025-12-31T23:59:59+09:00",
          "2025-12..2026-01",
          "2026-03..",
          "..2024-02",
          "2025"
        },
        1);
    criterion(
        text, 2, "author", new String[] {"Practitioner/kim", "Practitioner/lee", "Patient/7"}, 2);
    criterion(text, 2, "encounter", new String[] {"Encounter/3", "Encounter/4"}, 1);
    return text.toString();
  }

  private String some(String[] values, int most) {
    List<String> some = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(most); i++) {
      some.add(one(values));
    }
    return String.join(",", some);
  }

  private String one(String... values) {
    return values[random.nextInt(values.length)];
  }
}
