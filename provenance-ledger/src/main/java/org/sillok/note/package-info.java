/**
 * Signed texts of transparency logs: C2SP signed-note with Ed25519 keys, tlog-checkpoint, and
 * tlog-proof.
 *
 * <p>Pure computation over text that a caller provides. It reads no file, network or clock, keeps
 * no keys, and does not decide which keys to trust.
 */
@NullMarked
package org.sillok.note;

import org.jspecify.annotations.NullMarked;
