package org.sillok.plugin.attribution;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.model.dao.JpaPid;
import ca.uhn.fhir.jpa.model.entity.ResourceLink;
import ca.uhn.fhir.jpa.model.entity.ResourceTable;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.api.server.storage.TransactionDetails;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Provenance;
import org.sillok.attribution.Attribution;
import org.sillok.attribution.ProvenanceBuilder;
import org.sillok.attribution.ProvenanceSigner;
import org.sillok.log.ResourceVersion;
import org.sillok.plugin.attribution.ProvenanceStore.Stored;

/**
 * Stores Provenances as resources through HAPI, all within the caller's transaction.
 *
 * <p>The references are resolved beforehand, many at once: HAPI would look up each, and refuse one
 * to a resource that was deleted since.
 */
final class ProvenanceWriter {

  private final DaoRegistry daos;
  private final ProvenanceStore store;
  private final ProvenanceSigner signer;
  private final InstantSource clock;
  private final IntConsumer onWritten;

  /**
   * @param onWritten told how many Provenances each call has written
   */
  ProvenanceWriter(
      DaoRegistry daos,
      ProvenanceStore store,
      ProvenanceSigner signer,
      InstantSource clock,
      IntConsumer onWritten) {
    this.daos = daos;
    this.store = store;
    this.signer = signer;
    this.clock = clock;
    this.onWritten = onWritten;
  }

  /** Writes those of the Provenances that do not exist yet. */
  void write(List<Attribution> attributions, ProvenanceBuilder builder) {
    Map<String, Stored> known = lookUp(attributions);
    List<Attribution> missing =
        attributions.stream().filter(one -> !known.containsKey(resource(one))).toList();
    if (missing.isEmpty()) {
      return;
    }
    Map<String, JpaPid> referable = new HashMap<>();
    known.forEach(
        (resource, stored) -> {
          if (stored.referable()) {
            referable.put(resource, stored.pid());
          }
        });
    SystemRequestDetails request = new SystemRequestDetails();
    TransactionDetails transaction = new TransactionDetails();
    referable.forEach((id, pid) -> transaction.addResolvedResourceId(new IdType(id), pid));
    for (Attribution one : missing) {
      Provenance provenance = builder.build(one, unreferable(one, referable));
      signer.sign(provenance, builder.custodian(), clock.instant());
      setVersions(store(provenance, request, transaction), one, referable);
    }
    store.remember(missing.stream().map(Attribution::id).toList());
    onWritten.accept(missing.size());
  }

  private Map<String, Stored> lookUp(List<Attribution> attributions) {
    Stream<String> targets =
        attributions.stream().flatMap(one -> one.targets().stream()).map(ResourceVersion::resource);
    Stream<String> own = attributions.stream().map(ProvenanceWriter::resource);
    return store.find(Stream.concat(targets, own).toList());
  }

  private static Set<String> unreferable(Attribution one, Map<String, JpaPid> referable) {
    return one.targets().stream()
        .map(ResourceVersion::resource)
        .filter(resource -> !referable.containsKey(resource))
        .collect(Collectors.toSet());
  }

  private ResourceTable store(
      Provenance provenance, SystemRequestDetails request, TransactionDetails transaction) {
    // Known not to exist, which saves a query.
    transaction.addResolvedResourceId(
        new IdType("Provenance", provenance.getIdElement().getIdPart()), null);
    return (ResourceTable)
        daos.getResourceDao(Provenance.class)
            .update(provenance, null, true, false, request, transaction)
            .getEntity();
  }

  /**
   * Makes the references in the index specific to a version, as those in the resource are. HAPI
   * does not count such a reference as one that stands against a delete. The rows are not in the
   * database yet, so this takes no statement.
   */
  private static void setVersions(
      ResourceTable provenance, Attribution one, Map<String, JpaPid> referable) {
    Map<Long, Long> versions = new HashMap<>();
    for (ResourceVersion target : one.targets()) {
      JpaPid pid = referable.get(target.resource());
      if (pid != null) {
        versions.merge(pid.getId(), target.version(), Math::max);
      }
    }
    for (ResourceLink link : provenance.getResourceLinks()) {
      link.setTargetResourceVersion(versions.get(link.getTargetResourcePid()));
    }
  }

  private static String resource(Attribution one) {
    return "Provenance/" + one.id();
  }
}
