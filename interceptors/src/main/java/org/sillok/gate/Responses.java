package org.sillok.gate;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Resource;

/** Writes answers. They hang on nothing but the answer and the format. */
final class Responses {

  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final Map<Integer, String> STATUS =
      Map.of(
          200, "200 OK",
          400, "400 Bad Request",
          403, "403 Forbidden",
          404, "404 Not Found",
          503, "503 Service Unavailable");

  private final FhirContext fhir;

  Responses(FhirContext fhir) {
    this.fhir = fhir;
  }

  GateResponse of(Answer answer, Format format) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Content-Type", format.contentType());
    headers.put("Cache-Control", "no-store");
    Resource stored = answer.stored();
    if (stored != null) {
      headers.put("ETag", etag(stored));
      if (stored.getMeta().hasLastUpdated()) {
        headers.put(
            "Last-Modified", HTTP_DATE.format(stored.getMeta().getLastUpdated().toInstant()));
      }
    }
    return new GateResponse(answer.status(), headers, encode(answer.resource(), format));
  }

  GateResponse unavailable(Answer answer, Format format, Duration wait) {
    GateResponse response = of(answer, format);
    Map<String, String> headers = new HashMap<>(response.headers());
    headers.put("Retry-After", Long.toString(Math.max(1, wait.toSeconds())));
    return new GateResponse(response.status(), headers, response.body());
  }

  /** As a part of a batch. */
  void into(BundleEntryComponent entry, Answer answer) {
    entry.getResponse().setStatus(STATUS.getOrDefault(answer.status(), "" + answer.status()));
    Resource stored = answer.stored();
    if (stored != null) {
      entry.getResponse().setEtag(etag(stored));
    }
    if (answer.status() == 200) {
      entry.setResource(answer.resource());
    } else {
      entry.getResponse().setOutcome(answer.resource());
    }
  }

  private static String etag(Resource stored) {
    return "W/\"" + stored.getIdElement().getVersionIdPart() + "\"";
  }

  private String encode(Resource resource, Format format) {
    IParser parser = format.xml() ? fhir.newXmlParser() : fhir.newJsonParser();
    return parser.setPrettyPrint(format.pretty()).encodeResourceToString(resource);
  }
}
