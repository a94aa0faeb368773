/**
 * The reading side of the plugin: HAPI's tables by JDBC, and the wiring of the verification
 * operations.
 *
 * <p>Never uses HAPI's entity manager, and writes nothing into HAPI's tables.
 */
@NullMarked
package org.sillok.plugin.verification;

import org.jspecify.annotations.NullMarked;
