package org.sillok.gate;

import ca.uhn.fhir.context.FhirContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Resource;
import org.sillok.consent.BusinessId;
import org.sillok.consent.Code;
import org.sillok.consent.ConsentSettings;
import org.sillok.consent.DirectorySnapshot;
import org.sillok.consent.LedgerFact;
import org.sillok.consent.Party;
import org.sillok.consent.PatientConsents;
import org.sillok.consent.PatientIdentity;
import org.sillok.consent.RulesReader;
import org.sillok.consent.StoredConsent;
import org.sillok.consent.StoredVersion;
import org.sillok.identity.ForeignCaller;
import org.sillok.identity.Scopes;
import org.sillok.ledger.ConsentId;
import org.sillok.ledger.ConsentKey;
import org.sillok.ledger.ConsentState;
import org.sillok.ledger.Expiry;
import org.sillok.ledger.HospitalId;
import org.sillok.merkle.Hash;

/** Hospital a, asked by hospital b, with a clock that stands still. */
final class GateWorld {

  static final FhirContext FHIR = FhirContext.forR4Cached();
  static final HospitalId A = HospitalId.parse("a");
  static final HospitalId B = HospitalId.parse("b");
  static final String BASE = "https://a.example/fhir";

  final MemoryArchive archive;
  final Map<String, List<Consent>> consents = new HashMap<>();
  final List<Trail.Access> trail = new ArrayList<>();
  Instant now = Instant.parse("2026-07-01T00:30:00Z");
  Optional<Duration> tooOld = Optional.empty();
  Optional<RuntimeException> trailFailure = Optional.empty();
  Optional<RuntimeException> consentFailure = Optional.empty();

  GateWorld() {
    this(3);
  }

  GateWorld(int chunk) {
    archive = new MemoryArchive(chunk);
  }

  Gate gate() {
    ConsentSettings settings = ConsentSettings.DEFAULT.withOwnBases(Set.of(BASE));
    DirectorySnapshot directory =
        new DirectorySnapshot(
            Set.of(A, B),
            List.of(
                new Party(
                    "Organization/b", Set.of(BusinessId.of(B)), Set.of(), Set.of(), Set.of())),
            Map.of());
    return new Gate(
        new Custodian(A, BASE, () -> directory, settings),
        new Sources(archive, this::consentsOf, new EchoingProofs(), () -> tooOld),
        access -> {
          trailFailure.ifPresent(
              failure -> {
                throw failure;
              });
          trail.add(access);
        },
        new SecretKeySpec(new byte[32], "AES"),
        () -> now,
        FHIR);
  }

  private PatientConsents consentsOf(String patient) {
    consentFailure.ifPresent(
        failure -> {
          throw failure;
        });
    RulesReader rules = new RulesReader(ConsentSettings.DEFAULT.withOwnBases(Set.of(BASE)));
    List<StoredConsent> stored = new ArrayList<>();
    for (Consent consent : consents.getOrDefault(patient, List.of())) {
      String id = consent.getIdElement().getIdPart();
      StoredVersion version =
          new StoredVersion(
              "Consent/" + id + "/_history/1", rules.read(consent), false, hash(1), true);
      stored.add(new StoredConsent("Consent/" + id, onLedger(), List.of(version), false));
    }
    return new PatientConsents(PatientIdentity.of(patient), stored, List.of(), Map.of());
  }

  private static LedgerFact onLedger() {
    ConsentKey key = new ConsentKey(A, new ConsentId(hash(9)));
    ConsentState state =
        new ConsentState(key, hash(1), null, Expiry.NEVER, 1, ConsentState.Status.ACTIVE);
    return new LedgerFact(state, 40, Instant.parse("2026-06-01T00:00:00Z"));
  }

  private static Hash hash(int number) {
    byte[] bytes = new byte[32];
    bytes[31] = (byte) number;
    return Hash.of(bytes);
  }

  /** Permits hospital b to read for treatment, within what {@code provision} adds. */
  void permit(String patient, String id, String provision) {
    Consent consent = parse(Consent.class, consentJson(patient, id, provision));
    consents.computeIfAbsent(patient, p -> new ArrayList<>()).add(consent);
    archive.store(consent);
  }

  private static String consentJson(String patient, String id, String provision) {
    return """
        {"resourceType":"Consent","id":"%s","status":"active",
         "scope":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/consentscope",
                             "code":"patient-privacy"}]},
         "patient":{"reference":"%s"},
         "provision":{"type":"permit",
          "actor":[{"role":{"coding":[
             {"system":"http://terminology.hl7.org/CodeSystem/v3-ParticipationType","code":"IRCP"}]},
            "reference":{"reference":"Organization/b"}}],
          "purpose":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActReason",
                      "code":"TREAT"}]%s}}
        """
        .formatted(id, patient, provision);
  }

  void store(String json) {
    archive.store((Resource) FHIR.newJsonParser().parseResource(json));
  }

  static <T extends Resource> T parse(Class<T> type, String json) {
    return FHIR.newJsonParser().parseResource(type, json);
  }

  static ForeignCaller caller(String scopes, String... purposes) {
    return callerOf("b", scopes, purposes);
  }

  static ForeignCaller callerOf(String hospital, String scopes, String... purposes) {
    return new ForeignCaller(
        HospitalId.parse(hospital),
        Set.of(new BusinessId("urn:licence", "kim")),
        Set.of(new Code("http://snomed.info/sct", "80584001")),
        Set.of(purposes),
        null,
        Scopes.parse(scopes),
        "token-1",
        Instant.parse("2026-07-01T00:35:00Z"));
  }

  static ForeignCaller b() {
    return caller("system/*.rs", "TREAT");
  }

  private static final class EchoingProofs implements Proofs {
    @Override
    public Optional<Resource> verify(String type, String id, long version) {
      return Optional.of(said("verify " + type + "/" + id + "/" + version));
    }

    @Override
    public Optional<Resource> evidence(String type, String id, long version, boolean content) {
      return Optional.of(said("evidence " + type + "/" + id + "/" + version + " " + content));
    }

    private static Parameters said(String text) {
      Parameters parameters = new Parameters();
      parameters.addParameter("said", text);
      return parameters;
    }
  }
}
