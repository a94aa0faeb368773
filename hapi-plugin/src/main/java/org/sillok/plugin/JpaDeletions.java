package org.sillok.plugin;

import ca.uhn.fhir.jpa.model.dao.JpaPid;
import ca.uhn.fhir.jpa.model.entity.ResourceTable;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.Optional;
import java.util.function.Supplier;
import org.sillok.capture.Deletions;
import org.sillok.log.ResourceVersion;
import org.springframework.orm.jpa.EntityManagerFactoryUtils;

/**
 * Looks at the resource that HAPI has marked as deleted in the transaction's persistence context.
 * To find an entity by its key neither flushes nor, as long as HAPI holds the entity, sends a
 * statement; a query would flush too early and make HAPI count versions twice.
 */
final class JpaDeletions implements Deletions {

  private final Supplier<EntityManagerFactory> entityManagers;

  JpaDeletions(Supplier<EntityManagerFactory> entityManagers) {
    this.entityManagers = entityManagers;
  }

  @Override
  public Optional<Deletion> find(Object pid) {
    EntityManager entityManager =
        EntityManagerFactoryUtils.getTransactionalEntityManager(entityManagers.get());
    if (entityManager == null) {
      throw new IllegalStateException(
          "the transaction that deletes is not one of the storage engine's");
    }
    ResourceTable resource = entityManager.find(ResourceTable.class, (JpaPid) pid);
    if (resource == null || resource.getDeleted() == null) {
      return Optional.empty();
    }
    ResourceVersion version =
        new ResourceVersion(
            resource.getResourceType(), resource.getFhirId(), resource.getVersion());
    return Optional.of(new Deletion(version, resource.getUpdatedDate().toInstant()));
  }
}
