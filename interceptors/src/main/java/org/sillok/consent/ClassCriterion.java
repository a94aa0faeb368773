package org.sillok.consent;

import java.util.Collections;
import java.util.Set;

/**
 * {@code class}: what kind of content.
 *
 * @param types resource types
 * @param profiles canonical URLs; one without a version means any
 * @param contentTypes MIME types
 * @param documents formats and types of documents
 * @param unknown whether a class of an unknown system is listed besides
 */
record ClassCriterion(
    Set<String> types,
    Set<String> profiles,
    Set<String> contentTypes,
    Set<Code> documents,
    boolean unknown)
    implements Criterion, Test {

  static final Set<String> RESOURCE_TYPES =
      Set.of("http://hl7.org/fhir/resource-types", "http://hl7.org/fhir/fhir-types");
  static final String URI = "urn:ietf:rfc:3986";
  static final String STRUCTURES = "/StructureDefinition/";
  static final String MIME_TYPES = "urn:ietf:bcp:13";
  static final Set<String> DOCUMENTS =
      Set.of(
          "http://loinc.org",
          "http://ihe.net/fhir/ihe.formatcode.fhir/CodeSystem/formatcode",
          "urn:oid:1.3.6.1.4.1.19376.1.2.3",
          "http://terminology.hl7.org/CodeSystem/v3-HL7DocumentFormatCodes");

  ClassCriterion {
    types = Set.copyOf(types);
    profiles = Set.copyOf(profiles);
    contentTypes = Set.copyOf(contentTypes);
    documents = Set.copyOf(documents);
  }

  @Override
  public String element() {
    return "class";
  }

  @Override
  public Test bind(Binding binding, boolean permit) {
    return this;
  }

  @Override
  public Tri in(ResourceFacts resource) {
    ResourceFacts.Content content = resource.content();
    boolean listed =
        types.contains(resource.type())
            || (!profiles.isEmpty() && content.profiles().stream().anyMatch(this::hasProfile))
            || !Collections.disjoint(content.contentTypes(), contentTypes)
            || !Collections.disjoint(content.documents(), documents);
    return listed ? Tri.T : unknown ? Tri.U : Tri.F;
  }

  private boolean hasProfile(String claimed) {
    int version = claimed.indexOf('|');
    return profiles.contains(claimed)
        || (version > 0 && profiles.contains(claimed.substring(0, version)));
  }

  private boolean typesOnly() {
    return !unknown && profiles.isEmpty() && contentTypes.isEmpty() && documents.isEmpty();
  }

  @Override
  public boolean isOutside(Criterion outer, boolean permit, boolean outerPermit) {
    return outer instanceof ClassCriterion other
        && typesOnly()
        && other.typesOnly()
        && Collections.disjoint(types, other.types);
  }
}
