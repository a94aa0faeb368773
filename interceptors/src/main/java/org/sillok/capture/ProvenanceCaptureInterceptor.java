package org.sillok.capture;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.jpa.api.dao.IDao;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.hl7.fhir.instance.model.api.IBaseBundle;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Bundle;
import org.jspecify.annotations.Nullable;
import org.sillok.log.Entry.Action;
import org.sillok.log.ResourceVersion;

/**
 * Hears of every version that HAPI's storage engine writes and keeps it for the log. Belongs on the
 * {@code IInterceptorService} of the storage engine, once; on the REST server it would miss
 * internal writes. Thread-safe.
 *
 * <p>Deletions are taken from the hook before the deed, which fires in the transaction that
 * deletes: a cascade inside a bundle deletes in transactions of its own, and the hook after the
 * deed would fire in the bundle's, or, if that fails, never.
 */
@Interceptor
public final class ProvenanceCaptureInterceptor {

  private final FhirContext fhirContext;
  private final CaptureTransaction transaction;
  private final InstantSource clock;

  public ProvenanceCaptureInterceptor(
      FhirContext fhirContext, CaptureTransaction transaction, InstantSource clock) {
    this.fhirContext = fhirContext;
    this.transaction = transaction;
    this.clock = clock;
  }

  @Hook(Pointcut.STORAGE_TRANSACTION_PROCESSING)
  public void bundle(IBaseBundle bundle, @Nullable RequestDetails request) {
    if (request != null) {
      RequestCause.ofBundle(
          request, bundle instanceof Bundle r4 && r4.getType() == Bundle.BundleType.BATCH);
    }
  }

  @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED)
  public void created(IBaseResource resource, @Nullable RequestDetails request) {
    keep(
        writes ->
            writes.birth(
                Action.CREATE,
                version(resource),
                lastUpdated(resource),
                RequestCause.of(request),
                json(resource)));
  }

  /** An update, or labels changed in place: then both are the same version. */
  @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED)
  public void updated(
      @Nullable IBaseResource before, IBaseResource after, @Nullable RequestDetails request) {
    ResourceVersion version = version(after);
    String json = json(after);
    if (before == null || !isSameVersion(before, version)) {
      keep(
          writes ->
              writes.birth(
                  Action.UPDATE, version, lastUpdated(after), RequestCause.of(request), json));
    } else if (!json.equals(json(before))) {
      keep(writes -> writes.relabel(version, clock.instant(), RequestCause.of(request), json));
    }
  }

  private static boolean isSameVersion(IBaseResource resource, ResourceVersion version) {
    return resource.getIdElement().hasVersionIdPart() && version(resource).equals(version);
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_DELETED)
  public void deleting(IBaseResource resource, @Nullable RequestDetails request) {
    Object pid = IDao.RESOURCE_PID.get(resource);
    if (pid == null) {
      throw new IllegalStateException(
          "the storage engine deletes a resource without naming its key");
    }
    transaction.current().deletion(pid, RequestCause.of(request));
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_EXPUNGE_RESOURCE)
  public void expunging(IIdType id, IBaseResource resource, @Nullable RequestDetails request) {
    ResourceVersion version =
        new ResourceVersion(resource.fhirType(), id.getIdPart(), id.getVersionIdPartAsLong());
    keep(writes -> writes.expunging(version, clock.instant(), RequestCause.of(request)));
  }

  /**
   * Removes all data by plain SQL, without a word about what it removes: the log could not tell it
   * from tampering.
   */
  @Hook(Pointcut.STORAGE_PRESTORAGE_EXPUNGE_EVERYTHING)
  public void expungingEverything() {
    throw new ForbiddenOperationException(
        "$expunge with expungeEverything is not possible while sillok.enabled is true");
  }

  private void keep(Consumer<CapturedWrites> what) {
    CapturedWrites writes = transaction.current();
    what.accept(writes);
    if (writes.isInserted()) {
      transaction.insertLate(writes);
    }
  }

  private static ResourceVersion version(IBaseResource resource) {
    IIdType id = resource.getIdElement();
    return new ResourceVersion(resource.fhirType(), id.getIdPart(), id.getVersionIdPartAsLong());
  }

  private static Instant lastUpdated(IBaseResource resource) {
    return resource.getMeta().getLastUpdated().toInstant();
  }

  /**
   * As a later read encodes it: the server's parser has the context's options and none of its own.
   */
  private String json(IBaseResource resource) {
    IParser parser = fhirContext.newJsonParser();
    parser.setPrettyPrint(false);
    return parser.encodeResourceToString(resource);
  }
}
