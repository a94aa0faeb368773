package org.sillok.attribution;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.util.UrlUtil;
import org.hl7.fhir.instance.model.api.IBaseBundle;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;

/**
 * Adds the link to the second page of {@code $everything} where HAPI forgets it: when hidden
 * resources leave exactly one page of what its first look has found, it takes that page for the
 * last one. Belongs on the REST server. Thread-safe.
 */
@Interceptor
public final class EverythingPages {

  private final OwnProvenance own;

  public EverythingPages(OwnProvenance own) {
    this.own = own;
  }

  @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
  public void linkTheNext(RequestDetails request, IBaseResource response) {
    if (ProvenanceInterceptor.EVERYTHING.equals(request.getOperation())
        && response instanceof Bundle bundle
        && bundle.hasIdElement()
        && bundle.getLink(IBaseBundle.LINK_NEXT) == null
        && own.isUnfinished(bundle.getIdElement().getIdPart())) {
      bundle.addLink().setRelation(IBaseBundle.LINK_NEXT).setUrl(next(request, bundle));
    }
  }

  private static String next(RequestDetails request, Bundle bundle) {
    StringBuilder url = new StringBuilder(request.getFhirServerBase());
    url.append('?').append(Constants.PARAM_PAGINGACTION).append('=');
    url.append(UrlUtil.escapeUrlParam(bundle.getIdElement().getIdPart()));
    int shown = bundle.getEntry().size();
    url.append('&').append(Constants.PARAM_PAGINGOFFSET).append('=').append(shown);
    url.append('&').append(Constants.PARAM_COUNT).append('=').append(shown);
    url.append('&').append(Constants.PARAM_BUNDLETYPE).append("=searchset");
    return url.toString();
  }
}
