/**
 * Measures what Sillok costs: CPU time of a server per write, against the same server without
 * Sillok, and the speed of the log alone. Claims nothing about throughput, which shared machines
 * let swing by a multiple.
 */
@NullMarked
package org.sillok.testdata.bench;

import org.jspecify.annotations.NullMarked;
