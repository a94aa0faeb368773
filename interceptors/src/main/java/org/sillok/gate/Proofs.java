package org.sillok.gate;

import java.util.Optional;
import org.hl7.fhir.r4.model.Resource;

/** What shows that a version is what was written. Thread-safe. */
public interface Proofs {

  /** The verdict, as {@code $verify} gives it to the hospital's own staff. */
  Optional<Resource> verify(String type, String id, long version);

  /**
   * The file that {@code $evidence} gives.
   *
   * @param content whether the content and what opens its commitment are in it
   */
  Optional<Resource> evidence(String type, String id, long version, boolean content);
}
