package org.sillok.attribution;

import java.util.Collection;
import java.util.Set;
import org.sillok.log.ResourceVersion;

/**
 * What the store knows of the Provenances that the server itself has written. Called on request
 * threads, inside the transaction of the request if it has one. Thread-safe.
 */
public interface OwnProvenance {

  /** Those of {@code ids}, ids of Provenance resources, that the server has written. */
  Set<String> among(Collection<String> ids);

  /**
   * Lets go of a resource that is about to vanish from the database: takes our references to it out
   * of the search index. Does nothing if {@code version} is not the last one of a deleted resource.
   */
  void release(ResourceVersion version);

  /** Whether the stored search of this id comes from {@code $everything}. */
  boolean isEverything(String searchId);

  /** Whether the stored search of this id has more to find than was looked for so far. */
  boolean isUnfinished(String searchId);
}
