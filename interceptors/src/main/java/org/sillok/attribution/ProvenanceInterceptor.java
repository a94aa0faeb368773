package org.sillok.attribution;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.server.IPreResourceAccessDetails;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.util.HapiExtensions;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.sillok.log.ResourceVersion;

/**
 * Keeps the versions in the server's own Provenances, and the Provenances out of users' ways:
 * {@code $everything} does not return them, and a resource that they refer to can be expunged.
 * Belongs on the storage interceptors. What users have written is left alone. Thread-safe.
 */
@Interceptor
public final class ProvenanceInterceptor {

  static final String EVERYTHING = "$everything";

  private final OwnProvenance own;

  public ProvenanceInterceptor(OwnProvenance own) {
    this.own = own;
  }

  /**
   * HAPI takes the version out of every reference that it stores, unless its context says otherwise
   * for all resources, or this extension for one. It is added after HAPI has looked for references
   * to put a version to, which would fail with a target that is named by identifier.
   */
  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED)
  public void keepTargetVersions(IBaseResource resource) {
    if (resource instanceof Provenance provenance
        && provenance.getUserData(ProvenanceBuilder.OURS) != null) {
      provenance
          .getMeta()
          .addExtension(
              HapiExtensions.EXTENSION_AUTO_VERSION_REFERENCES_AT_PATH, new StringType("target"));
    }
  }

  @Hook(Pointcut.STORAGE_PREACCESS_RESOURCES)
  public void keepOutOfEverything(
      @Nullable RequestDetails request, IPreResourceAccessDetails found) {
    if (request == null || !isEverything(request)) {
      return;
    }
    Map<String, Integer> provenances = new HashMap<>();
    for (int i = 0; i < found.size(); i++) {
      IBaseResource resource = found.getResource(i);
      if (resource instanceof Provenance) {
        provenances.put(resource.getIdElement().getIdPart(), i);
      }
    }
    if (provenances.isEmpty()) {
      return;
    }
    Set<String> ours = own.among(provenances.keySet());
    provenances.forEach(
        (id, index) -> {
          if (ours.contains(id)) {
            found.setDontReturnResourceAtIndex(index);
          }
        });
  }

  /** A later page of a long search is found while that page is asked for, not the operation. */
  private boolean isEverything(RequestDetails request) {
    if (EVERYTHING.equals(request.getOperation())) {
      return true;
    }
    String[] pages = request.getParameters().get(Constants.PARAM_PAGINGACTION);
    return pages != null && pages.length > 0 && own.isEverything(pages[0]);
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_EXPUNGE_RESOURCE)
  public void release(IIdType expunged) {
    own.release(
        new ResourceVersion(
            expunged.getResourceType(), expunged.getIdPart(), expunged.getVersionIdPartAsLong()));
  }
}
