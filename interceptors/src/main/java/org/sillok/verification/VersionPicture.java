package org.sillok.verification;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sillok.log.ResourceVersion;

/**
 * All that the database says about one version at one moment.
 *
 * @param stored null if there is no such row
 * @param resource null if there is no such resource
 * @param entries the rows whose lookup columns name this version, in the order of their ids
 * @param newest whether no later version of the resource has an entry (an expunged one does not
 *     count)
 */
public record VersionPicture(
    ResourceVersion version,
    @Nullable StoredVersion stored,
    @Nullable StoredResource resource,
    List<LoggedEntry> entries,
    boolean newest) {

  public VersionPicture {
    entries = List.copyOf(entries);
  }

  /** Whether the server serves this version when it is asked for the resource. */
  public boolean isCurrent() {
    return resource != null && resource.currentVersion() == version.version();
  }

  /** The same with another content, if something is stored. */
  public VersionPicture withContent(Content content) {
    return stored == null
        ? this
        : new VersionPicture(version, stored.withContent(content), resource, entries, newest);
  }
}
