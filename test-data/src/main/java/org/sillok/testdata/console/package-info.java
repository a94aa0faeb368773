/** What the tools print, on a terminal and elsewhere; nothing of what it is about. */
@NullMarked
package org.sillok.testdata.console;

import org.jspecify.annotations.NullMarked;
