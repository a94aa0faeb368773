package org.sillok.plugin.attribution;

import ca.uhn.fhir.interceptor.model.RequestPartitionId;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.svc.IIdHelperService;
import ca.uhn.fhir.jpa.api.svc.ResolveIdentityMode;
import ca.uhn.fhir.jpa.model.cross.IResourceLookup;
import ca.uhn.fhir.jpa.model.dao.JpaPid;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.api.server.storage.TransactionDetails;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Provenance;
import org.sillok.attribution.Attribution;
import org.sillok.attribution.ProvenanceBuilder;
import org.sillok.attribution.ProvenanceSigner;
import org.sillok.log.ResourceVersion;
import org.springframework.orm.jpa.EntityManagerFactoryUtils;

/**
 * Stores Provenances as resources through HAPI, all within the caller's transaction.
 *
 * <p>The references are resolved beforehand, many at once: HAPI would look up each, and refuse one
 * to a resource that was deleted since.
 */
final class ProvenanceWriter {

  private final DaoRegistry daos;
  private final IIdHelperService<JpaPid> ids;
  private final EntityManagerFactory entityManagers;
  private final ProvenanceStore store;
  private final ProvenanceSigner signer;
  private final Clock clock;
  private final IntConsumer onWritten;

  /**
   * @param onWritten told how many Provenances each call has written
   */
  ProvenanceWriter(
      DaoRegistry daos,
      IIdHelperService<JpaPid> ids,
      EntityManagerFactory entityManagers,
      ProvenanceStore store,
      ProvenanceSigner signer,
      Clock clock,
      IntConsumer onWritten) {
    this.daos = daos;
    this.ids = ids;
    this.entityManagers = entityManagers;
    this.store = store;
    this.signer = signer;
    this.clock = clock;
    this.onWritten = onWritten;
  }

  /** Writes those of the Provenances that do not exist yet. */
  void write(List<Attribution> attributions, ProvenanceBuilder builder) {
    Map<String, JpaPid> present = new HashMap<>();
    Set<String> taken = new HashSet<>();
    lookUp(attributions)
        .forEach(
            (id, found) -> {
              taken.add(id.getValue());
              if (found.getDeleted() == null) {
                present.put(id.getValue(), found.getPersistentId());
              }
            });
    List<Attribution> missing =
        attributions.stream().filter(one -> !taken.contains(resource(one))).toList();
    if (missing.isEmpty()) {
      return;
    }
    SystemRequestDetails request = new SystemRequestDetails();
    TransactionDetails transaction = new TransactionDetails();
    present.forEach((id, pid) -> transaction.addResolvedResourceId(new IdType(id), pid));
    Map<Attribution, Long> stored = new LinkedHashMap<>();
    for (Attribution one : missing) {
      Provenance provenance = builder.build(one, gone(one, present));
      signer.sign(provenance, builder.custodian(), clock.instant());
      stored.put(one, store(provenance, request, transaction));
    }
    flush();
    stored.forEach((one, pid) -> setVersions(one, pid, present));
    store.remember(missing.stream().map(Attribution::id).toList());
    onWritten.accept(missing.size());
  }

  private Map<IIdType, IResourceLookup<JpaPid>> lookUp(List<Attribution> attributions) {
    Stream<String> targets =
        attributions.stream().flatMap(one -> one.targets().stream()).map(ResourceVersion::resource);
    Stream<String> own = attributions.stream().map(ProvenanceWriter::resource);
    Set<IIdType> wanted =
        Stream.concat(targets, own).distinct().map(IdType::new).collect(Collectors.toSet());
    return ids.resolveResourceIdentities(
        RequestPartitionId.allPartitions(),
        wanted,
        ResolveIdentityMode.includeDeleted().noCacheUnlessDeletesDisabled());
  }

  private static Set<String> gone(Attribution one, Map<String, JpaPid> present) {
    return one.targets().stream()
        .map(ResourceVersion::resource)
        .filter(resource -> !present.containsKey(resource))
        .collect(Collectors.toSet());
  }

  private Long store(
      Provenance provenance, SystemRequestDetails request, TransactionDetails transaction) {
    // Known not to exist, which saves a query.
    transaction.addResolvedResourceId(
        new IdType("Provenance", provenance.getIdElement().getIdPart()), null);
    return ((JpaPid)
            daos.getResourceDao(Provenance.class)
                .update(provenance, null, true, false, request, transaction)
                .getPersistentId())
        .getId();
  }

  /** The references have to be in the database before plain SQL can change them. */
  private void flush() {
    EntityManager entityManager =
        EntityManagerFactoryUtils.getTransactionalEntityManager(entityManagers);
    if (entityManager == null) {
      throw new IllegalStateException("no transaction of the storage engine is running");
    }
    entityManager.flush();
  }

  private void setVersions(Attribution one, Long source, Map<String, JpaPid> present) {
    Map<Long, List<Long>> targets =
        one.targets().stream()
            .filter(target -> present.containsKey(target.resource()))
            .collect(
                Collectors.groupingBy(
                    ResourceVersion::version,
                    TreeMap::new,
                    Collectors.mapping(
                        target -> pid(present, target.resource()), Collectors.toList())));
    targets.forEach((version, pids) -> store.setVersion(source, version, pids));
  }

  private static Long pid(Map<String, JpaPid> present, String resource) {
    JpaPid pid = present.get(resource);
    if (pid == null) {
      throw new IllegalArgumentException("not resolved: " + resource);
    }
    return pid.getId();
  }

  private static String resource(Attribution one) {
    return "Provenance/" + one.id();
  }
}
