/**
 * Who asks: own staff and systems, or another hospital. Values only, and what makes and checks
 * them: scopes, client assertions, access tokens.
 *
 * <p>It does not decide what a caller may read, that is {@link org.sillok.consent}'s, and it knows
 * neither sockets nor databases: addresses, keys and what was seen before come in as values.
 */
@NullMarked
package org.sillok.identity;

import org.jspecify.annotations.NullMarked;
