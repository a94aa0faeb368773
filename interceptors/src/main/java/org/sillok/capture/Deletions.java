package org.sillok.capture;

import java.time.Instant;
import java.util.Optional;
import org.sillok.log.ResourceVersion;

/**
 * Tells the version and the time that the storage engine gave to a deletion. The hooks of HAPI 8.8
 * have neither: their resource still carries the metadata of the version before.
 */
public interface Deletions {

  /** A deleted payload as it is about to be committed. */
  record Deletion(ResourceVersion version, Instant deletedAt) {}

  /**
   * The deletion of a resource in the running transaction.
   *
   * @param pid the storage engine's own key of the resource
   * @return empty if the resource is not deleted
   */
  Optional<Deletion> find(Object pid);
}
