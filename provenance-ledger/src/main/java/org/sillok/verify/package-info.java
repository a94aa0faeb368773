/**
 * {@code sillok-verify}, the program that checks an evidence file on its own: arguments in, steps
 * and an exit status out.
 *
 * <p>It reads the files and asks the nodes that it is told to, and nothing else: no database, no
 * configuration. How evidence is judged is in {@link org.sillok.evidence}.
 */
@NullMarked
package org.sillok.verify;

import org.jspecify.annotations.NullMarked;
