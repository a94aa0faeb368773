package org.sillok.testdata.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/** Sends bundles to a server and looks at the outcome of every entry. */
public final class BundleLoader {

  private final FhirClient client;

  public BundleLoader(FhirClient client) {
    this.client = client;
  }

  /**
   * Sends a transaction or batch bundle in FHIR JSON.
   *
   * @return the number of its entries
   * @throws IllegalStateException if the server refuses the bundle or one of its entries
   */
  public int load(String bundle) throws IOException, InterruptedException {
    JsonNode outcomes = client.post("", bundle).orThrow().json().path("entry");
    for (JsonNode outcome : outcomes) {
      String status = outcome.path("response").path("status").asText();
      if (!status.startsWith("2")) {
        throw new IllegalStateException(
            "an entry of a bundle was refused with " + status + ": " + outcome);
      }
    }
    return outcomes.size();
  }
}
