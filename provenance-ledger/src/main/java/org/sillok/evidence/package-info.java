/**
 * The evidence file, which proves one log entry to somebody who has nothing else, and the steps by
 * which it is judged.
 *
 * <p>Pure computation over bytes that a caller provides: no file, network, database or clock. Keys
 * that come with a file prove nothing by themselves; which keys to trust is the caller's business.
 */
@NullMarked
package org.sillok.evidence;

import org.jspecify.annotations.NullMarked;
