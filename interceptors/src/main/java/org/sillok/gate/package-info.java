/**
 * Answers what other hospitals ask: decides from the bytes of a request what it is, gets it from
 * the {@link org.sillok.gate.Archive}, lets through what consents permit, and makes the response.
 * {@code docs/gate.md} says what may be asked.
 *
 * <p>A foreign request never reaches HAPI's REST layer: this package is the only thing that reads
 * it, so that what was judged and what is executed cannot differ. What has no {@link
 * org.sillok.gate.Shape} cannot be asked.
 *
 * <p>It does not say who asks, that is {@link org.sillok.identity}'s, nor what a consent means,
 * which is {@link org.sillok.consent}'s; it does not serve the hospital's own staff, and it writes
 * nothing but the trail.
 */
@NullMarked
package org.sillok.gate;

import org.jspecify.annotations.NullMarked;
