package org.sillok.gate;

import java.util.HashSet;
import java.util.Set;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.UriType;

/** What a resource refers to by reference or URL, {@code Type/id} if it ends so. */
final class Mentions {

  private final Set<String> found = new HashSet<>();

  private Mentions() {}

  static Set<String> of(Resource resource) {
    Mentions mentions = new Mentions();
    mentions.walk(resource);
    return mentions.found;
  }

  private void walk(Base base) {
    if (base instanceof Reference reference && reference.hasReference()) {
      add(reference.getReference());
    } else if (base instanceof UriType uri && uri.hasValue()) {
      add(uri.getValue());
    }
    if (base instanceof PrimitiveType) {
      return;
    }
    for (Property property : base.children()) {
      for (Base child : property.getValues()) {
        if (child != null) {
          walk(child);
        }
      }
    }
  }

  private void add(String url) {
    int history = url.indexOf("/_history/");
    String[] parts = (history < 0 ? url : url.substring(0, history)).split("/");
    if (parts.length >= 2) {
      found.add(parts[parts.length - 2] + "/" + parts[parts.length - 1]);
    }
  }
}
