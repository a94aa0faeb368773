package org.sillok.verification;

import org.jspecify.annotations.Nullable;

/**
 * The row of one version.
 *
 * @param type the resource type that the version's own row names
 * @param updated what a read returns as {@code lastUpdated}
 * @param deleted when the version's row says that the resource was deleted, if it does
 */
public record StoredVersion(
    String type, Content content, StoredTime updated, @Nullable StoredTime deleted) {

  StoredVersion withContent(Content other) {
    return new StoredVersion(type, other, updated, deleted);
  }
}
