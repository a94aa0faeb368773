/**
 * Runs the sweep: its tables by JDBC, its threads, its health and metrics.
 *
 * <p>What is compared with what is decided in {@code org.sillok.reconcile}.
 */
@NullMarked
package org.sillok.plugin.reconcile;

import org.jspecify.annotations.NullMarked;
