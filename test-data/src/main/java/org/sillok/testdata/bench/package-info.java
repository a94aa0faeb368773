/**
 * Measures what Sillok costs: CPU time of a server per write, against the same server without
 * Sillok, and the speed of the log alone. Threads that answer requests are told from those that
 * work in the background. Claims nothing about throughput, which shared machines let swing by a
 * multiple.
 */
@NullMarked
package org.sillok.testdata.bench;

import org.jspecify.annotations.NullMarked;
