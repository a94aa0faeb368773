/**
 * The hospital's log in the database: entries, their places, tiles, checkpoints, and the keys on
 * disk.
 *
 * <p>Writes entries inside the caller's transaction, gives them their places later, reads and
 * audits them. It does not know where a resource comes from, does not publish anything (that is
 * {@code org.sillok.anchor}), and never hands out an entry without being asked for it by place or
 * by resource version.
 */
@NullMarked
package org.sillok.log;

import org.jspecify.annotations.NullMarked;
