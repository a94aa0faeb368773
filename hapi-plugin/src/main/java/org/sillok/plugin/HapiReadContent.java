package org.sillok.plugin;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.jpa.binary.interceptor.BinaryStorageInterceptor;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.rest.api.server.SimplePreResourceShowDetails;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.util.HapiExtensions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.sillok.capture.ReadContent;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Lets HAPI's own interceptor bring the attachments back, as it does for a read. Where that is not
 * registered, reads show them moved out, and so does this.
 */
final class HapiReadContent implements ReadContent {

  private final FhirContext fhirContext;
  private final ObjectProvider<IInterceptorService> storageInterceptors;
  private final ObjectProvider<RestfulServer> servers;

  HapiReadContent(
      FhirContext fhirContext,
      ObjectProvider<IInterceptorService> storageInterceptors,
      ObjectProvider<RestfulServer> servers) {
    this.fhirContext = fhirContext;
    this.storageInterceptors = storageInterceptors;
    this.servers = servers;
  }

  @Override
  public boolean isReferredTo(String json) {
    return json.contains(HapiExtensions.EXT_EXTERNALIZED_BINARY_ID)
        || json.contains("<!")
        || json.contains("<?");
  }

  @Override
  public String inflate(String json) {
    IParser parser = fhirContext.newJsonParser();
    IBaseResource resource = parser.parseResource(json);
    List<BinaryStorageInterceptor<?>> inflaters =
        Stream.concat(
                storageInterceptors.stream(),
                servers.stream().map(RestfulServer::getInterceptorService))
            .flatMap(service -> service.getAllRegisteredInterceptors().stream())
            .<BinaryStorageInterceptor<?>>map(
                each -> each instanceof BinaryStorageInterceptor<?> found ? found : null)
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    for (BinaryStorageInterceptor<?> inflater : inflaters) {
      try {
        inflater.preShow(new SimplePreResourceShowDetails(resource), null);
      } catch (IOException e) {
        throw new UncheckedIOException(
            "an attachment that is kept apart could not be read back", e);
      }
    }
    return parser.encodeResourceToString(resource);
  }
}
