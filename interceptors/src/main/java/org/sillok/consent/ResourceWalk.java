package org.sillok.consent;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Element;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** One walk over one resource; everything that it holds is visited once. */
final class ResourceWalk {

  /** Elements of any type that name its author, performer or recorder (FHIR's FiveWs.author). */
  private static final Set<String> AUTHORS =
      Set.of("author", "performer", "recorder", "requester", "orderer", "prescriber");

  private final Resource resource;
  private final LocalReference local;
  private final LabelReader labels = new LabelReader();
  private final Set<String> patients = new HashSet<>();
  private final Set<Set<BusinessId>> described = new HashSet<>();
  private final Set<BusinessId> suspected = new HashSet<>();
  private final Set<Code> codes = new HashSet<>();
  private final Set<String> contentTypes = new HashSet<>();
  private final Set<String> references = new HashSet<>();
  private final Set<String> authors = new HashSet<>();
  private final Set<BusinessId> authorIds = new HashSet<>();
  private final Map<String, Base> top = new HashMap<>();
  private final Set<String> entries = new HashSet<>();

  ResourceWalk(Resource resource, LocalReference local) {
    this.resource = resource;
    this.local = local;
  }

  void walk() {
    if (resource instanceof Patient patient) {
      name(patient, true);
    }
    if (resource instanceof Binary binary && binary.hasContentType()) {
      contentTypes.add(mime(binary.getContentType()));
    }
    if (resource instanceof Bundle bundle) {
      bundle.getEntry().stream()
          .map(Bundle.BundleEntryComponent::getFullUrl)
          .filter(url -> url != null)
          .forEach(entries::add);
    }
    for (Property property : resource.children()) {
      if (property.hasValues()) {
        top.put(property.getName(), property.getValues().get(0));
        boolean author = AUTHORS.contains(property.getName());
        property.getValues().forEach(value -> visit(value, property, author));
      }
    }
  }

  private void children(Base element, boolean author) {
    for (Property property : element.children()) {
      for (Base value : property.getValues()) {
        visit(value, property, author);
      }
    }
  }

  private void visit(@Nullable Base value, Property property, boolean author) {
    if (value instanceof PrimitiveType<?> || value instanceof Narrative) {
      extensions((Element) value);
    } else if (value instanceof Coding coding) {
      addCode(coding, codes);
      extensions(coding);
    } else if (value instanceof Reference reference) {
      refer(reference, property, author);
      children(reference, false);
    } else if (value instanceof Bundle.BundleEntryComponent entry) {
      entry(entry);
    } else if (value != null) {
      if (value instanceof Patient patient) {
        name(patient, !property.getName().equals("contained"));
      } else if (value instanceof Meta meta) {
        meta.getSecurity().forEach(labels::add);
      } else if (value instanceof Attachment attachment && attachment.getContentType() != null) {
        contentTypes.add(mime(attachment.getContentType()));
      }
      children(value, author);
    }
  }

  private void extensions(Element element) {
    if (element.hasExtension()) {
      for (Extension extension : element.getExtension()) {
        children(extension, false);
      }
    }
  }

  private void entry(Bundle.BundleEntryComponent entry) {
    Resource inside = entry.getResource();
    String url = entry.getFullUrl();
    if (inside instanceof Patient patient) {
      name(patient, url == null || LocalReference.typeOf(local.strip(url)) != null);
    }
    if (inside != null) {
      children(inside, false);
    }
    for (Property property : entry.children()) {
      if (!property.getName().equals("resource")) {
        property.getValues().forEach(value -> visit(value, property, false));
      }
    }
  }

  private static void addCode(Coding coding, Set<Code> codes) {
    Code code = code(coding);
    if (code != null) {
      codes.add(code);
    }
  }

  /** Null if it has no code. */
  static @Nullable Code code(Coding coding) {
    String system = coding.getSystem();
    return coding.getCode() == null
        ? null
        : new Code(system == null ? "" : system, coding.getCode());
  }

  static String mime(String contentType) {
    int parameters = contentType.indexOf(';');
    return (parameters < 0 ? contentType : contentType.substring(0, parameters))
        .trim()
        .toLowerCase(Locale.ROOT);
  }

  /**
   * @param own whether its id is one of this server's
   */
  private void name(Patient patient, boolean own) {
    String id = patient.getIdElement().getIdPart();
    if (own && id != null) {
      patients.add("Patient/" + id);
      return;
    }
    Set<BusinessId> identifiers = new HashSet<>();
    for (Identifier identifier : patient.getIdentifier()) {
      BusinessId name = PartyName.id(identifier);
      if (name != null) {
        identifiers.add(name);
      }
    }
    if (identifiers.isEmpty()) {
      patients.add("#" + id);
    } else {
      described.add(Set.copyOf(identifiers));
    }
  }

  private void refer(Reference reference, Property property, boolean author) {
    String url = reference.getReference();
    if (url == null && reference.getResource() != null) {
      url = reference.getResource().getIdElement().getValue();
    }
    if (url == null || url.isBlank()) {
      referByIdentifier(reference, property, author);
    } else if (!url.startsWith("#") && !entries.contains(url)) {
      String name = LocalReference.withoutVersion(local.strip(url));
      references.add(name);
      if (author) {
        authors.add(name);
      }
      if (namesPatient(name, reference, property)) {
        patients.add(name);
      }
    }
  }

  /** A reference of a form that is not understood may name anybody whom the element allows. */
  private static boolean namesPatient(String name, Reference reference, Property property) {
    String type = LocalReference.typeOf(name);
    if (type == null) {
      type = LocalReference.typeOfUrl(name);
    }
    return type != null
        ? type.equals("Patient")
        : name.contains("Patient") || mayBePatient(reference, property);
  }

  private void referByIdentifier(Reference reference, Property property, boolean author) {
    BusinessId identifier =
        reference.hasIdentifier() ? PartyName.id(reference.getIdentifier()) : null;
    if (author && identifier != null) {
      authorIds.add(identifier);
    }
    if (!reference.hasIdentifier() || !mayBePatient(reference, property)) {
      return;
    }
    if (identifier == null) {
      patients.add("?");
    } else if (reference.getType() != null) {
      described.add(Set.of(identifier));
    } else {
      suspected.add(identifier);
    }
  }

  private static boolean mayBePatient(Reference reference, Property property) {
    if (reference.getType() != null) {
      return reference.getType().endsWith("Patient");
    }
    String targets = property.getTypeCode();
    return targets == null
        || targets.contains("Patient")
        || targets.contains("Any")
        || targets.contains("*");
  }

  ResourceFacts facts(ZoneId zone) {
    String type = resource.fhirType();
    return new ResourceFacts(
        type,
        type + "/" + resource.getIdElement().getIdPart(),
        version(),
        new ResourceFacts.Persons(patients, described, suspected),
        labels.labels(),
        new ResourceFacts.Content(profiles(), codes, contentTypes, documents()),
        new ResourceFacts.Links(references, authors, authorIds),
        ClinicalDates.of(type, top, zone));
  }

  private @Nullable String version() {
    String inId = resource.getIdElement().getVersionIdPart();
    return inId == null && resource.hasMeta() ? resource.getMeta().getVersionId() : inId;
  }

  private Set<String> profiles() {
    return resource.hasMeta()
        ? resource.getMeta().getProfile().stream()
            .map(profile -> profile.getValue())
            .filter(url -> url != null)
            .collect(Collectors.toSet())
        : Set.of();
  }

  /** Format, type and category, if it is a document. */
  private Set<Code> documents() {
    Set<Code> documents = new HashSet<>();
    if (resource instanceof DocumentReference reference) {
      addCodes(reference.getType(), documents);
      reference.getCategory().forEach(category -> addCodes(category, documents));
      reference.getContent().forEach(content -> addCode(content.getFormat(), documents));
    } else if (resource instanceof Composition composition) {
      addCodes(composition.getType(), documents);
      composition.getCategory().forEach(category -> addCodes(category, documents));
    }
    return documents;
  }

  private static void addCodes(CodeableConcept concept, Set<Code> codes) {
    concept.getCoding().forEach(coding -> addCode(coding, codes));
  }
}
