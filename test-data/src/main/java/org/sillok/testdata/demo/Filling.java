package org.sillok.testdata.demo;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.sillok.testdata.console.Terminal;
import org.sillok.testdata.scenario.Scenario;
import org.sillok.testdata.server.BundleLoader;
import org.sillok.testdata.server.FhirClient;
import org.sillok.testdata.synthea.Synthea;

/** Fills a server with the scenario and with synthetic patients, and shows how far it is. */
final class Filling {

  private final Terminal terminal;
  private final BundleLoader loader;

  Filling(Terminal terminal, FhirClient client) {
    this.terminal = terminal;
    this.loader = new BundleLoader(client);
  }

  /**
   * @return how many resources were sent
   */
  int scenario() throws IOException, InterruptedException {
    List<Bundle> bundles = Scenario.bundles();
    int total = bundles.stream().mapToInt(bundle -> bundle.getEntry().size()).sum();
    Terminal.Progress progress = terminal.progress("resources of the two hospitals", total);
    for (Bundle bundle : bundles) {
      progress.advance(
          loader.load(FhirContext.forR4Cached().newJsonParser().encodeResourceToString(bundle)));
    }
    return total;
  }

  /**
   * @return how many resources were sent
   */
  int patients(Path repository, long seed, int population)
      throws IOException, InterruptedException {
    Terminal.Progress making = terminal.progress("patients made by Synthea", population);
    List<Path> bundles = new Synthea(repository).bundles(seed, population, () -> making.advance(1));
    making.advance(population);
    long bytes = 0;
    for (Path bundle : bundles) {
      bytes += Files.size(bundle);
    }
    Terminal.Progress loading = terminal.progress("KB of FHIR sent", bytes / 1000);
    int resources = 0;
    for (Path bundle : bundles) {
      resources += loader.load(Files.readString(bundle));
      loading.advance(Files.size(bundle) / 1000);
    }
    loading.advance(bytes);
    return resources;
  }
}
