/** What the log costs, measured on this machine. Starts no server. */
@NullMarked
package org.sillok.testdata.bench;

import org.jspecify.annotations.NullMarked;
