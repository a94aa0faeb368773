package org.sillok.plugin.attribution;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.jpa.api.model.DeleteConflict;
import ca.uhn.fhir.jpa.api.model.DeleteConflictList;
import ca.uhn.fhir.jpa.delete.DeleteConflictOutcome;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IIdType;
import org.jspecify.annotations.Nullable;

/**
 * Takes the server's own Provenances out of what stands against a delete. A reference that is
 * specific to a version does not stand against it; a reindex by HAPI forgets the version, so this
 * mends it and has HAPI look again. Thread-safe.
 */
@Interceptor
public final class DeleteConflicts {

  private static final int BEFORE_CASCADING = -1;

  private final ProvenanceStore store;

  DeleteConflicts(ProvenanceStore store) {
    this.store = store;
  }

  @Hook(value = Pointcut.STORAGE_PRESTORAGE_DELETE_CONFLICTS, order = BEFORE_CASCADING)
  public @Nullable DeleteConflictOutcome standAside(DeleteConflictList conflicts) {
    Map<String, IIdType> targets = new HashMap<>();
    for (DeleteConflict conflict : conflicts) {
      if ("Provenance".equals(conflict.getSourceId().getResourceType())) {
        targets.put(conflict.getSourceId().getIdPart(), conflict.getTargetId());
      }
    }
    if (targets.isEmpty()) {
      return null;
    }
    Set<String> ours = store.among(targets.keySet());
    targets.keySet().retainAll(ours);
    targets.values().forEach(to -> store.standAside(to.getResourceType(), to.getIdPart()));
    return targets.isEmpty() ? null : new DeleteConflictOutcome().setShouldRetryCount(1);
  }
}
