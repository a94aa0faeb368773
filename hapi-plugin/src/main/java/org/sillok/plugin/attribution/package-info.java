/**
 * Writes {@code Provenance} resources about what is anchored, in the background: where it stands,
 * the transaction that writes a batch, the key and its JWKS endpoint.
 *
 * <p>What the resources say is decided in {@code org.sillok.attribution}. Nothing here runs in a
 * user's request, except that the interceptor asks which Provenances are the server's own.
 */
@NullMarked
package org.sillok.plugin.attribution;

import org.jspecify.annotations.NullMarked;
