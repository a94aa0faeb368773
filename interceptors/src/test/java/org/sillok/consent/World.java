package org.sillok.consent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.sillok.ledger.ConsentId;
import org.sillok.ledger.ConsentKey;
import org.sillok.ledger.ConsentState;
import org.sillok.ledger.Expiry;
import org.sillok.ledger.HospitalId;
import org.sillok.merkle.Hash;

/**
 * Hospital a is asked by hospital b, which is part of a network and has a department, for what it
 * has of Patient/7. Kim works in b's department, Lee in c.
 */
final class World {

  static final HospitalId A = HospitalId.parse("a");
  static final HospitalId B = HospitalId.parse("b");
  static final HospitalId C = HospitalId.parse("c");
  static final String LICENCE = "urn:licence";
  static final Code PSYCHIATRIST = new Code("http://snomed.info/sct", "80584001");

  /** 2026-07-01, half past nine in the morning in Seoul. */
  static final Instant NOW = Instant.parse("2026-07-01T00:30:00Z");

  static final BusinessId KIM = new BusinessId(LICENCE, "kim");
  static final BusinessId HONG = new BusinessId("urn:mrn", "hong");

  static final Directory DIRECTORY =
      new DirectorySnapshot(
          Set.of(A, B, C),
          List.of(
              party("Organization/a", BusinessId.of(A)),
              organization("Organization/b", "Organization/net", BusinessId.of(B)),
              party("Organization/c", BusinessId.of(C)),
              party("Organization/net", new BusinessId("urn:net", "1")),
              party("Organization/insurer", new BusinessId("urn:insurers", "9")),
              organization("Organization/b-psy", "Organization/b", new BusinessId("urn:dep", "p")),
              organization("Organization/b-eye", "Organization/b", new BusinessId("urn:dep", "e")),
              party("Practitioner/kim", KIM),
              party("Practitioner/lee", new BusinessId(LICENCE, "lee")),
              party("Practitioner/foreign", new BusinessId("urn:other-licence", "x")),
              role("PractitionerRole/kim-psy", "Practitioner/kim", "Organization/b-psy"),
              role("PractitionerRole/lee-c", "Practitioner/lee", "Organization/c"),
              group("Group/bc", "Organization/b", "Organization/c"),
              group("Group/c", "Organization/c"),
              group("Group/nested", "Group/c", "Group/bc"),
              group("Group/round", "Group/round", "Organization/c"),
              group("Group/empty"),
              group("CareTeam/kims", "Practitioner/kim", "Patient/7")),
          Map.of(HONG, "Patient/8", new BusinessId("urn:mrn", "seven"), "Patient/7"));

  static final ConsentSettings SETTINGS =
      ConsentSettings.DEFAULT.withOwnBases(Set.of("https://a.example/fhir"));

  private World() {}

  private static Party party(String reference, BusinessId... ids) {
    return new Party(reference, Set.of(ids), Set.of(), Set.of(), Set.of());
  }

  private static Party organization(String reference, String partOf, BusinessId id) {
    return new Party(reference, Set.of(id), Set.of(partOf), Set.of(), Set.of());
  }

  private static Party role(String reference, String who, String where) {
    return new Party(reference, Set.of(), Set.of(where), Set.of(who), Set.of(PSYCHIATRIST));
  }

  private static Party group(String reference, String... members) {
    return new Party(reference, Set.of(), Set.of(), Set.of(members), Set.of());
  }

  /**
   * @param words a hospital, {@code b}, perhaps persons {@code kim} or {@code lee}, the role {@code
   *     psychiatrist}, and purposes in capitals
   */
  static AccessRequest request(String words) {
    HospitalId hospital = B;
    Set<BusinessId> person = new HashSet<>();
    Set<Code> roles = new HashSet<>();
    Set<String> purposes = new HashSet<>();
    for (String word : words.trim().split("\\s+")) {
      switch (word) {
        case "b", "c", "stranger" -> hospital = HospitalId.parse(word);
        case "kim", "lee" -> person.add(new BusinessId(LICENCE, word));
        case "psychiatrist" -> roles.add(PSYCHIATRIST);
        case "surgeon" -> roles.add(new Code("http://snomed.info/sct", "304292004"));
        default -> purposes.add(word);
      }
    }
    Requester requester = new Requester(hospital, Set.of(), person, roles);
    return new AccessRequest(A, requester, purposes, NOW);
  }

  /**
   * @param words {@code date=…}, {@code label=…}, {@code code=…}, {@code author=…}, {@code
   *     encounter=…}, {@code subject=…}, {@code version=…} of Observation/1 of Patient/7
   */
  static Observation observation(String words) {
    Observation observation = new Observation();
    observation.setId("Observation/1/_history/3");
    observation.setSubject(new Reference("Patient/7"));
    for (String word : words.isBlank() ? new String[0] : words.trim().split("\\s+")) {
      int equals = word.indexOf('=');
      List<String> values = Arrays.asList(word.substring(equals + 1).split(","));
      switch (word.substring(0, equals)) {
        case "date" ->
            observation.setEffective(
                word.contains("..")
                    ? ConsentText.period(word.substring(equals + 1))
                    : new DateTimeType(values.get(0)));
        case "label" ->
            values.forEach(label -> observation.getMeta().addSecurity(ConsentText.label(label)));
        case "code" ->
            values.forEach(
                code ->
                    observation.getCode().addCoding(ConsentText.coding(code, ConsentText.LOINC)));
        case "author" ->
            values.forEach(name -> observation.addPerformer(ConsentText.reference(name)));
        case "encounter" -> observation.setEncounter(new Reference(values.get(0)));
        case "subject" -> observation.setSubject(ConsentText.reference(values.get(0)));
        case "id" -> observation.setId(values.get(0));
        case "profile" -> values.forEach(url -> observation.getMeta().addProfile(url));
        default -> throw new IllegalArgumentException(word);
      }
    }
    return observation;
  }

  static ResourceFacts facts(Resource resource) {
    return new FactsReader(SETTINGS).read(resource);
  }

  static ConsentRules rules(Consent consent) {
    return new RulesReader(SETTINGS).read(consent);
  }

  static Hash hash(int number) {
    byte[] bytes = new byte[32];
    bytes[31] = (byte) number;
    return Hash.of(bytes);
  }

  /** On the ledger since block 40, with commitment 1. */
  static LedgerFact onLedger(ConsentState.Status status) {
    ConsentKey key = new ConsentKey(A, new ConsentId(hash(9)));
    ConsentState state = new ConsentState(key, hash(1), null, Expiry.NEVER, 1, status);
    return new LedgerFact(state, 40, Instant.parse("2026-06-01T00:00:00Z"));
  }

  /** Stored and anchored, as it should be. */
  static StoredConsent admitted(Consent consent) {
    String reference = consent.getId();
    return new StoredConsent(
        reference.substring(0, reference.indexOf("/_history")),
        onLedger(ConsentState.Status.ACTIVE),
        List.of(new StoredVersion(reference, rules(consent), false, hash(1), true)),
        false);
  }

  static PatientPolicy policy(String patient, AccessRequest request, StoredConsent... consents) {
    return policy(patient, Map.of(), request, consents);
  }

  static PatientPolicy policy(
      String patient,
      Map<String, Set<String>> references,
      AccessRequest request,
      StoredConsent... consents) {
    return PatientPolicy.compile(
        new PatientConsents(PatientIdentity.of(patient), List.of(consents), List.of(), references),
        request,
        DIRECTORY,
        SETTINGS);
  }

  /** {@code permit}, {@code deny}, {@code indeterminate}, or {@code nothing}, of one consent. */
  static String outcome(String base, String provision, String request, String resource) {
    return outcome(ConsentText.consent(base, provision), request(request), observation(resource));
  }

  static String outcome(Consent consent, AccessRequest request, Resource resource) {
    return outcome(policy("Patient/7", request, admitted(consent)), resource);
  }

  static String outcome(PatientPolicy policy, Resource resource) {
    List<Ground> grounds = policy.decide(facts(resource));
    return grounds.isEmpty()
        ? "nothing"
        : grounds.get(0).effect().name().toLowerCase(java.util.Locale.ROOT);
  }

  /** What the engine cannot honour, {@code path: words}. */
  static List<String> limitations(String base, String provision) {
    List<String> all = new ArrayList<>();
    rules(ConsentText.consent(base, provision))
        .limitations()
        .forEach(limitation -> all.add(limitation.path() + ": " + limitation.lacking()));
    return all;
  }
}
