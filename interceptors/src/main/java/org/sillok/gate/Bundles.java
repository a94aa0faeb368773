package org.sillok.gate;

import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.Resource;

/** Bundles without totals, times and ids: what they hold is all that they say. */
final class Bundles {

  private Bundles() {}

  static Bundle searchset(String base, List<Resource> matches, List<Resource> included) {
    Bundle bundle = new Bundle();
    bundle.setType(BundleType.SEARCHSET);
    matches.forEach(each -> add(bundle, base, each).getSearch().setMode(SearchEntryMode.MATCH));
    included.forEach(each -> add(bundle, base, each).getSearch().setMode(SearchEntryMode.INCLUDE));
    return bundle;
  }

  static Bundle history(String base, List<Resource> versions) {
    Bundle bundle = new Bundle();
    bundle.setType(BundleType.HISTORY);
    for (Resource version : versions) {
      BundleEntryComponent entry = add(bundle, base, version);
      boolean first = "1".equals(version.getIdElement().getVersionIdPart());
      entry
          .getRequest()
          .setMethod(first ? HTTPVerb.POST : HTTPVerb.PUT)
          .setUrl(version.getIdElement().toUnqualified().getValue());
      entry
          .getResponse()
          .setStatus(first ? "201 Created" : "200 OK")
          .setEtag("W/\"" + version.getIdElement().getVersionIdPart() + "\"")
          .setLastModified(version.getMeta().getLastUpdated());
    }
    return bundle;
  }

  private static BundleEntryComponent add(Bundle bundle, String base, Resource resource) {
    return bundle.addEntry().setFullUrl(base + "/" + reference(resource)).setResource(resource);
  }

  /** {@code Observation/7}. */
  static String reference(Resource resource) {
    return resource.fhirType() + "/" + resource.getIdElement().getIdPart();
  }
}
