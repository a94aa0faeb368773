package org.sillok.attribution;

import java.time.Instant;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.sillok.log.ResourceVersion;

/**
 * Puts an {@link Attribution} into the words of FHIR R4 Provenance. Thread-safe.
 *
 * <p>A target that no reference may lead to is named by an {@code identifier}: a server refuses
 * references to what it has deleted.
 */
public final class ProvenanceBuilder {

  /** Identifies an agent by the name that the log gives it. */
  public static final String AGENT_SYSTEM = "urn:sillok:agent";

  /** Identifies a version of a resource of this server, as {@code Observation/7/_history/3}. */
  public static final String VERSION_SYSTEM = "urn:sillok:resource-version";

  /** Marks a resource in memory, on its way to the store. */
  static final String OURS = ProvenanceBuilder.class.getName();

  private static final String AGENT_TYPES =
      "http://terminology.hl7.org/CodeSystem/provenance-participant-type";
  private static final String ACTIVITIES = "http://terminology.hl7.org/CodeSystem/v3-DataOperation";

  private final Identifier custodian;

  /**
   * @param custodian identifies the organization that keeps the record
   */
  public ProvenanceBuilder(Identifier custodian) {
    this.custodian = custodian.copy();
  }

  /**
   * @param unreferable those of the targets' resources, as {@code Observation/7}, that no reference
   *     may lead to, such as what is deleted or expunged
   */
  public Provenance build(Attribution attribution, Set<String> unreferable) {
    Provenance provenance = new Provenance();
    provenance.setId(attribution.id());
    provenance.setUserData(OURS, true);
    for (ResourceVersion target : attribution.targets()) {
      provenance.addTarget(
          unreferable.contains(target.resource()) ? identified(target) : referenced(target));
    }
    provenance.setRecordedElement(instant(attribution.recorded()));
    provenance.setActivity(new CodeableConcept());
    provenance
        .getActivity()
        .addCoding()
        .setSystem(ACTIVITIES)
        .setCode(attribution.activity().name());
    provenance.addAgent().setType(agentType("author")).setWho(author(attribution.agent()));
    provenance.addAgent().setType(agentType("custodian")).setWho(custodian());
    return provenance;
  }

  /** The organization that keeps the record, and signs. */
  public Reference custodian() {
    return new Reference().setType("Organization").setIdentifier(custodian.copy());
  }

  static InstantType instant(Instant when) {
    return new InstantType(when.toString());
  }

  private static Reference referenced(ResourceVersion version) {
    return new Reference(version.toString());
  }

  private static Reference identified(ResourceVersion version) {
    return new Reference()
        .setType(version.type())
        .setIdentifier(new Identifier().setSystem(VERSION_SYSTEM).setValue(version.toString()));
  }

  private static Reference author(String agent) {
    return new Reference()
        .setIdentifier(new Identifier().setSystem(AGENT_SYSTEM).setValue(agent))
        .setDisplay(agent);
  }

  private static CodeableConcept agentType(String code) {
    CodeableConcept type = new CodeableConcept();
    type.addCoding().setSystem(AGENT_TYPES).setCode(code);
    return type;
  }
}
