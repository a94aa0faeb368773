/**
 * The command line of the tools behind {@code ./sillok}: demo, benchmarks and soak test. They see a
 * server as anybody outside sees it, by HTTP and, where a story needs an intruder, by its database.
 * Nothing here is part of a server.
 */
@NullMarked
package org.sillok.testdata;

import org.jspecify.annotations.NullMarked;
