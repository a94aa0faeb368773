/**
 * Who asks: own staff and systems, or another hospital. Values only; nothing makes or checks tokens
 * yet.
 *
 * <p>It does not decide what a caller may read, that is {@link org.sillok.consent}'s, and it knows
 * neither sockets nor databases.
 */
@NullMarked
package org.sillok.identity;

import org.jspecify.annotations.NullMarked;
