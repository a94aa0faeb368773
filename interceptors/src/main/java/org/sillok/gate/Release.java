package org.sillok.gate;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.sillok.consent.AccessDecider;
import org.sillok.consent.AccessRequest;
import org.sillok.consent.Code;
import org.sillok.consent.ConsentSource;
import org.sillok.consent.Decision;
import org.sillok.consent.Directory;
import org.sillok.consent.FactsReader;
import org.sillok.consent.Ground;
import org.sillok.consent.PatientPolicy;
import org.sillok.consent.ResourceFacts;
import org.sillok.identity.ForeignCaller;
import org.sillok.identity.Scopes.Interaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one request may see: scopes and consents together. A failure while deciding is a no, like
 * every other no. Lives as long as the request; for one thread.
 */
final class Release {

  private static final Logger LOG = LoggerFactory.getLogger(Release.class);

  /** Whatever a consent says. */
  private static final Set<String> NEVER =
      Set.of("AuditEvent", "Subscription", "Task", "Group", "List", "Bundle", "Parameters");

  /** Obligations on whoever hands data out, none of which this server can meet. */
  private static final Set<String> UNMET =
      Set.of("ANONY", "DEID", "ENCRYPT", "ENCRYPTR", "HUAPRV", "MASK", "MINEC", "PSEUD", "REDACT");

  private final ForeignCaller caller;
  private final Archive archive;
  private final FactsReader facts;
  private final AccessDecider decider;
  private final ConsentParties parties;
  private final Set<Ground> grounds = new HashSet<>();

  Release(
      ForeignCaller caller,
      AccessRequest request,
      Custodian custodian,
      ConsentSource consents,
      Archive archive) {
    this.caller = caller;
    this.archive = archive;
    this.facts = new FactsReader(custodian.settings());
    Directory directory = custodian.directory().get();
    Map<String, PatientPolicy> policies = new HashMap<>();
    this.decider =
        new AccessDecider(
            patient ->
                policies.computeIfAbsent(
                    patient,
                    p ->
                        PatientPolicy.compile(
                            consents.consentsOf(p), request, directory, custodian.settings())),
            directory,
            custodian.settings());
    this.parties = new ConsentParties(caller.hospital(), directory);
  }

  /** The consents that decided what was permitted. */
  Set<Ground> grounds() {
    return Set.copyOf(grounds);
  }

  /** What was asked for or found. */
  boolean permits(Resource resource) {
    return permits(resource, false);
  }

  /** What a permitted resource refers to, or what refers to it. */
  boolean permitsIncluded(Resource resource) {
    return permits(resource, true);
  }

  private boolean permits(Resource resource, boolean included) {
    try {
      String type = resource.fhirType();
      if (NEVER.contains(type) || holdsNever(resource) || !inScope(type)) {
        return false;
      }
      if (resource instanceof Binary binary) {
        return binary(binary);
      }
      if (resource instanceof Provenance provenance) {
        return provenance(provenance);
      }
      return !(resource instanceof Consent consent && !parties.names(consent))
          && decided(resource, included);
    } catch (RuntimeException | StackOverflowError e) {
      LOG.error("Could not decide {}; it is not shown", resource.fhirType(), e);
      return false;
    }
  }

  /** Whether the token is for resources of the type at all. */
  boolean inScope(String type) {
    return caller.scopes().allow(type, Interaction.READ)
        || caller.scopes().allow(type, Interaction.SEARCH);
  }

  private static boolean holdsNever(Resource resource) {
    return resource instanceof DomainResource domain
        && domain.getContained().stream()
            .anyMatch(each -> NEVER.contains(each.fhirType()) || each instanceof Provenance);
  }

  private boolean decided(Resource resource, boolean included) {
    ResourceFacts read = facts.read(resource);
    Decision decision = included ? decider.decideIncluded(read) : decider.decide(read);
    boolean permits = decision.permits() && canMeet(decision.obligations());
    if (permits) {
      grounds.addAll(decision.grounds());
    }
    return permits;
  }

  private static boolean canMeet(Set<Code> obligations) {
    return obligations.stream().noneMatch(code -> UNMET.contains(code.code()));
  }

  /** Through the resource that it belongs to, if that says so as well. */
  private boolean binary(Binary binary) {
    Optional<Resource> owner = local(binary.getSecurityContext());
    String name = "Binary/" + binary.getIdElement().getIdPart();
    return owner.isPresent()
        && !(owner.get() instanceof Binary)
        && !(owner.get() instanceof Provenance)
        && permits(owner.get(), false)
        && Mentions.of(owner.get()).contains(name)
        && canMeet(facts.read(binary).labels().handling())
        && (!namesPatient(binary) || decided(binary, false));
  }

  /** If all that it is about may be seen, and no patient in it objects. */
  private boolean provenance(Provenance provenance) {
    List<Reference> targets = provenance.getTarget();
    for (Reference target : targets) {
      Optional<Resource> resource = local(target);
      if (resource.isEmpty()
          || resource.get() instanceof Provenance
          || !permits(resource.get(), false)) {
        return false;
      }
    }
    return !targets.isEmpty()
        && canMeet(facts.read(provenance).labels().handling())
        && (!namesPatient(provenance) || decided(provenance, false));
  }

  private boolean namesPatient(Resource resource) {
    ResourceFacts.Persons persons = facts.read(resource).persons();
    return !persons.patients().isEmpty()
        || !persons.described().isEmpty()
        || !persons.suspected().isEmpty();
  }

  private Optional<Resource> local(Reference reference) {
    IdType id = new IdType(reference.getReference());
    if (id.isAbsolute() || !id.hasResourceType() || !id.hasIdPart()) {
      return Optional.empty();
    }
    if (!id.hasVersionIdPart()) {
      return archive.current(id.getResourceType(), id.getIdPart());
    }
    return id.isVersionIdPartValidLong()
        ? archive.version(id.getResourceType(), id.getIdPart(), id.getVersionIdPartAsLong())
        : Optional.empty();
  }
}
