/**
 * The story that {@code ./sillok demo} tells: a server takes in patients, proves what it stored,
 * and notices a change that was made behind its back. Every step is checked; the story ends at the
 * first that does not go as told.
 */
@NullMarked
package org.sillok.testdata.demo;

import org.jspecify.annotations.NullMarked;
