/**
 * Goes over everything that is stored and everything that is logged, in the background or on
 * demand, and keeps what it finds wrong until somebody has looked at it.
 *
 * <p>It writes two things into the log: an entry for a version that has none, and the review of a
 * finding. It never repairs, and never touches HAPI's tables.
 */
@NullMarked
package org.sillok.reconcile;

import org.jspecify.annotations.NullMarked;
