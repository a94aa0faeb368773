package org.sillok.consent;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one decision costs, and what is done once per resource and once per request. No test: run
 * {@code org.openjdk.jmh.Main DecisionBenchmark} on the test class path.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DecisionBenchmark {

  /** How many provisions the patient's consent has. */
  @Param({"typical", "50"})
  public String provisions;

  private AccessRequest request;
  private StoredConsent consent;
  private AccessDecider decider;
  private Observation observation;
  private ResourceFacts facts;
  private final FactsReader reader = new FactsReader(World.SETTINGS);

  @Setup
  public void prepare() {
    request = World.request("b kim TREAT");
    consent = World.admitted(consent(provisions));
    PatientPolicy policy = policy();
    decider = new AccessDecider(patient -> policy, World.DIRECTORY, World.SETTINGS);
    observation = bloodPressure();
    facts = reader.read(observation);
    if (!decider.decide(facts).permits()) {
      throw new IllegalStateException("this would measure a decision that ends early");
    }
  }

  /** Hospital b may see everything for treatment, but what is HIV, restricted, or of last year. */
  static Consent consent(String provisions) {
    String typical =
        "permit actor=IRCP:Organization/b purpose=TREAT period=2026..2027"
            + " { deny label=R,HIV ; deny class=DocumentReference dataPeriod=2025..2025";
    if (provisions.equals("typical")) {
      return ConsentText.consent("OPTOUT", typical + " }");
    }
    StringBuilder text = new StringBuilder(typical);
    for (int i = 3; i < Integer.parseInt(provisions); i++) {
      text.append(
          switch (i % 4) {
            case 0 -> " ; deny class=Observation code=100" + i + "-1,200" + i + "-1";
            case 1 -> " ; deny label=N dataPeriod=20" + (10 + i % 15) + "..20" + (10 + i % 15);
            case 2 -> " ; deny data=instance:Observation/x" + i + ",dependents:Encounter/y" + i;
            default -> " ; permit actor=AUT:Practitioner/kim label=N class=Observation";
          });
    }
    return ConsentText.consent("OPTOUT", text + " }");
  }

  private static Observation bloodPressure() {
    Observation observation =
        World.observation("date=2026-03-05T09:30:00+09:00 code=85354-9 author=Practitioner/kim");
    observation.setEncounter(new Reference("Encounter/3"));
    observation.addCategory().addCoding(ConsentText.coding("vital-signs", "urn:category"));
    for (String code : List.of("8480-6", "8462-4")) {
      observation.addComponent().getCode().addCoding(ConsentText.coding(code, ConsentText.LOINC));
    }
    return observation;
  }

  private PatientPolicy policy() {
    return PatientPolicy.compile(
        new PatientConsents(PatientIdentity.of("Patient/7"), List.of(consent), List.of(), Map.of()),
        request,
        World.DIRECTORY,
        World.SETTINGS);
  }

  /** Per resource. */
  @Benchmark
  public Decision decide() {
    return decider.decide(facts);
  }

  /** Per resource. */
  @Benchmark
  public ResourceFacts readFacts() {
    return reader.read(observation);
  }

  /** Per request and patient. */
  @Benchmark
  public PatientPolicy compile() {
    return policy();
  }
}
