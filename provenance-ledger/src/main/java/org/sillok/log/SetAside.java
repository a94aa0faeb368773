package org.sillok.log;

import org.jspecify.annotations.Nullable;

/**
 * A row of the entry table that no server of this hospital wrote, or that somebody changed before
 * it got its place: its mac is wrong. The sequencer has set it aside.
 *
 * @param id the row's id
 * @param resourceType as the row claims; not to be believed, like the rest
 */
public record SetAside(
    long id, @Nullable String resourceType, @Nullable String resourceId, @Nullable Long version) {}
