/**
 * Publishes the log's tree heads on the ledger.
 *
 * <p>Works beside the writes and never in their way: whatever the ledger does or fails to do, the
 * log goes on. It does not decide what is in the log, and it reads no entry.
 */
@NullMarked
package org.sillok.anchor;

import org.jspecify.annotations.NullMarked;
