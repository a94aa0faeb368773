/**
 * Says of one stored resource version whether it is what the log says, and whether the log is what
 * the ledger says.
 *
 * <p>Reads only: it writes no entry, repairs nothing, and does not look at HAPI's search index.
 * What runs over all versions is in {@code org.sillok.reconcile}.
 */
@NullMarked
package org.sillok.verification;

import org.jspecify.annotations.NullMarked;
