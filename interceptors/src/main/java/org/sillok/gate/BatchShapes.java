package org.sillok.gate;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleEntryRequestComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.sillok.gate.Shape.Batch;
import org.sillok.gate.Shape.Refused;

/** Batches of reads and searches. */
final class BatchShapes {

  private static final int MOST = 50;

  private final Shapes shapes;
  private final FhirContext fhir;

  BatchShapes(Shapes shapes, FhirContext fhir) {
    this.shapes = shapes;
    this.fhir = fhir;
  }

  Batch of(String body) {
    Bundle bundle = parse(body);
    if (bundle.getType() != BundleType.BATCH || bundle.getEntry().size() > MOST) {
      throw new RefusedException("A bundle is a batch of at most " + MOST + " reads or searches.");
    }
    List<Batch.Entry> entries = new ArrayList<>();
    for (BundleEntryComponent entry : bundle.getEntry()) {
      BundleEntryRequestComponent request = entry.getRequest();
      if (entry.getResource() != null || request.getMethod() != HTTPVerb.GET || !request.hasUrl()) {
        throw new RefusedException("Each entry of a batch is a GET.");
      }
      entries.add(new Batch.Entry(shape(request)));
    }
    return new Batch(entries);
  }

  private Shape shape(BundleEntryRequestComponent request) {
    if (request.hasIfMatch()
        || request.hasIfNoneMatch()
        || request.hasIfNoneExist()
        || request.hasIfModifiedSince()) {
      return new Refused("Conditions on a state are refused.");
    }
    return shapes.of(GateRequest.get(request.getUrl())).shape();
  }

  private Bundle parse(String body) {
    IParser parser = fhir.newJsonParser();
    parser.setParserErrorHandler(new StrictErrorHandler());
    try {
      return parser.parseResource(Bundle.class, body);
    } catch (DataFormatException | ClassCastException e) {
      throw new RefusedException("The body is no FHIR R4 Bundle in JSON.");
    }
  }
}
