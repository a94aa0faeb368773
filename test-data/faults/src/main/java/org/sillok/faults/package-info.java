/**
 * What a hospital's server stands between, able to fail on command: a chain of one node, the line
 * to it, and a database. For tests and for {@code ./sillok soak}; no server contains it, and it
 * knows nothing of Sillok.
 */
@NullMarked
package org.sillok.faults;

import org.jspecify.annotations.NullMarked;
