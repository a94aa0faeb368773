package org.sillok.consent;

import org.hl7.fhir.r4.model.Resource;

/** Reads resources into facts. Does not change them. Thread-safe. */
public final class FactsReader {

  private final ConsentSettings settings;
  private final LocalReference local;

  public FactsReader(ConsentSettings settings) {
    this.settings = settings;
    this.local = new LocalReference(settings.ownBases());
  }

  public ResourceFacts read(Resource resource) {
    ResourceWalk walk = new ResourceWalk(resource, local);
    walk.walk();
    return walk.facts(settings.zone());
  }
}
