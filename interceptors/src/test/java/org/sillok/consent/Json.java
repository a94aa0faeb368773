package org.sillok.consent;

import ca.uhn.fhir.context.FhirContext;
import org.hl7.fhir.r4.model.Resource;

/** FHIR JSON as HAPI reads it. */
final class Json {

  private static final FhirContext R4 = FhirContext.forR4();

  private Json() {}

  static Resource parse(String json) {
    return (Resource) R4.newJsonParser().parseResource(json);
  }

  static String text(Resource resource) {
    return R4.newJsonParser().encodeResourceToString(resource);
  }
}
