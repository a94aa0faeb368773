package org.sillok.verification;

import org.jspecify.annotations.Nullable;

/**
 * The row of one version.
 *
 * @param type the resource type that the version's own row names
 * @param updated what a read returns as {@code lastUpdated}
 * @param deleted when the version's row says that the resource was deleted, if it does
 * @param doubled whether there are more rows of the same version
 */
public record StoredVersion(
    String type,
    Content content,
    StoredTime updated,
    @Nullable StoredTime deleted,
    boolean doubled) {

  StoredVersion withContent(Content other) {
    return new StoredVersion(type, other, updated, deleted, doubled);
  }
}
