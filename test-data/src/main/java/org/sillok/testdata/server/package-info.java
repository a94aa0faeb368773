/**
 * Starts, feeds, measures and kills a Sillok server in a process of its own. Knows the server's
 * command line and its HTTP surface, and nothing of its classes.
 */
@NullMarked
package org.sillok.testdata.server;

import org.jspecify.annotations.NullMarked;
