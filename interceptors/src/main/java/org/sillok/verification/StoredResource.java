package org.sillok.verification;

import org.jspecify.annotations.Nullable;
import org.sillok.canonical.Labels;

/**
 * The row of a resource, which tells the server which version is the current one.
 *
 * @param labels what a read of the current version returns; null if it was not asked for
 */
public record StoredResource(
    long currentVersion,
    StoredTime updated,
    @Nullable StoredTime deleted,
    @Nullable Labels labels) {}
