/**
 * Sees every write of the storage engine and turns it into entries of the log, in the transaction
 * of the write itself. What a hook learns is kept per transaction and written once, at its commit:
 * one birth entry for each new resource version, a {@code relabel} for labels changed in place, an
 * {@code expunge} for each version removed for good.
 *
 * <p>No hook touches the entity manager, calls a DAO or does I/O of its own. Nothing here decides
 * whether a write is allowed, and nothing reads the log.
 */
@NullMarked
package org.sillok.capture;

import org.jspecify.annotations.NullMarked;
