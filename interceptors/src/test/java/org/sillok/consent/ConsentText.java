package org.sillok.consent;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentDataMeaning;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;

/**
 * Consents in short, so that tests can be tables. A provision is written
 *
 * <pre>permit actor=Organization/b purpose=TREAT label=R,HIV { deny class=Observation ; permit }
 * </pre>
 *
 * <p>An actor may have a role before it ({@code CST:Organization/a}), a date is {@code from..to},
 * data are {@code instance:Observation/7}; a list is separated by commas; {@code ?} is a value that
 * cannot be understood. {@code *} is a provision without a type, and {@code -} no provision.
 */
final class ConsentText {

  static final String LOINC = "http://loinc.org";

  private static final Map<String, String> ROLES =
      Map.of(
          "IRCP", Code.PARTICIPATION,
          "PRCP", Code.PARTICIPATION,
          "CST", Code.PARTICIPATION,
          "AUT", Code.PARTICIPATION,
          "WIT", Code.PARTICIPATION,
          "GRANTEE", Code.ROLE,
          "DELEGATEE", Code.ROLE);

  private final List<String> words;
  private int next;

  private ConsentText(String text) {
    this.words = Arrays.asList(text.trim().split("\\s+"));
  }

  /**
   * @param base {@code OPTIN}, {@code OPTOUT}, a policy URI, or {@code none}
   */
  static Consent consent(String base, String provision) {
    Consent consent = new Consent();
    consent.setId("Consent/1/_history/1");
    consent.setStatus(ConsentState.ACTIVE);
    consent.getScope().addCoding().setSystem(Code.CONSENT_SCOPE).setCode("patient-privacy");
    consent.setPatient(new Reference("Patient/7"));
    if (base.contains(":")) {
      consent.addPolicy().setUri(base);
    } else if (!base.equals("none")) {
      consent.getPolicyRule().addCoding().setSystem(Code.ACT_CODE).setCode(base);
    }
    if (!provision.equals("-")) {
      consent.setProvision(new ConsentText(provision).provision());
    }
    return consent;
  }

  private ProvisionComponent provision() {
    ProvisionComponent provision = new ProvisionComponent();
    while (next < words.size() && !words.get(next).equals(";") && !words.get(next).equals("}")) {
      String word = words.get(next++);
      switch (word) {
        case "permit" -> provision.setType(ConsentProvisionType.PERMIT);
        case "deny" -> provision.setType(ConsentProvisionType.DENY);
        case "*" -> provision.setId("untyped");
        case "{" -> {
          do {
            provision.addProvision(provision());
          } while (words.get(next++).equals(";"));
        }
        default -> criterion(provision, word);
      }
    }
    return provision;
  }

  private static void criterion(ProvisionComponent provision, String word) {
    int equals = word.indexOf('=');
    String name = word.substring(0, equals);
    String values = word.substring(equals + 1);
    switch (name) {
      case "period" -> provision.setPeriod(period(values));
      case "dataPeriod" -> provision.setDataPeriod(period(values));
      default -> {
        for (String value : values.split(",")) {
          repeat(provision, name, value);
        }
      }
    }
  }

  private static void repeat(ProvisionComponent provision, String name, String value) {
    switch (name) {
      case "actor" -> actor(provision, value);
      case "action" -> provision.addAction().addCoding(coding(value, Code.CONSENT_ACTION));
      case "purpose" -> provision.addPurpose(coding(value, Code.ACT_REASON));
      case "label" -> provision.addSecurityLabel(label(value));
      case "class" -> provision.addClass_(coding(value, "http://hl7.org/fhir/resource-types"));
      case "code" -> provision.addCode(concept(value));
      case "data" -> data(provision, value);
      default -> throw new IllegalArgumentException(name);
    }
  }

  private static void actor(ProvisionComponent provision, String value) {
    int colon = value.indexOf(':');
    String role = colon < 0 ? "" : value.substring(0, colon);
    var actor = provision.addActor();
    if (ROLES.containsKey(role)) {
      actor.getRole().addCoding().setSystem(ROLES.get(role)).setCode(role);
      actor.setReference(reference(value.substring(colon + 1)));
    } else {
      actor.setReference(reference(value));
    }
  }

  /** {@code Organization/b}, or {@code system|value} for one by identifier. */
  static Reference reference(String text) {
    int bar = text.indexOf('|');
    if (text.equals("?")) {
      return new Reference().setDisplay("somebody");
    }
    if (bar < 0) {
      return new Reference(text);
    }
    Reference reference = new Reference();
    reference
        .getIdentifier()
        .setSystem(text.substring(0, bar).replace('~', ':'))
        .setValue(text.substring(bar + 1));
    return reference;
  }

  private static void data(ProvisionComponent provision, String value) {
    int colon = value.indexOf(':');
    provision
        .addData()
        .setMeaning(ConsentDataMeaning.fromCode(value.substring(0, colon)))
        .setReference(reference(value.substring(colon + 1)));
  }

  static Coding label(String value) {
    boolean level = value.matches("[ULMNRV]");
    return coding(value, level ? Code.CONFIDENTIALITY : Code.ACT_CODE);
  }

  /** {@code code} of the usual system, {@code system|code}, or {@code ?}. */
  static Coding coding(String value, String system) {
    if (value.equals("?")) {
      return new Coding().setSystem("https://hospital.example/own").setCode("x");
    }
    int bar = value.indexOf('|');
    return bar < 0
        ? new Coding().setSystem(system).setCode(value)
        : new Coding()
            .setSystem(value.substring(0, bar).replace("loinc", LOINC))
            .setCode(value.substring(bar + 1));
  }

  private static CodeableConcept concept(String value) {
    return value.equals("?")
        ? new CodeableConcept().setText("in words")
        : new CodeableConcept().addCoding(coding(value, LOINC));
  }

  static Period period(String text) {
    Period period = new Period();
    int dots = text.indexOf("..");
    if (dots < 0) {
      period.setId("nothing");
      return period;
    }
    if (dots > 0) {
      period.getStartElement().setValueAsString(text.substring(0, dots));
    }
    if (dots + 2 < text.length()) {
      period.getEndElement().setValueAsString(text.substring(dots + 2));
    }
    return period;
  }
}
