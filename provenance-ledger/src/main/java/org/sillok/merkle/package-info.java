/**
 * The Merkle tree of RFC 6962: hashes, tiles, inclusion and consistency proofs.
 *
 * <p>Pure computation over bytes that a caller provides. It does not read a database, the network
 * or a clock, and knows nothing about what a leaf means.
 */
@NullMarked
package org.sillok.merkle;

import org.jspecify.annotations.NullMarked;
