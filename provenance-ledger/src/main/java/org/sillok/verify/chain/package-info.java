/**
 * The part of {@code sillok-verify} that asks a chain's nodes: is what an evidence file says of the
 * chain true there?
 *
 * <p>It reads and never sends a transaction. It believes nothing that a hospital says, and what a
 * node says only so far as the node speaks for the chain: name several nodes, or your own.
 */
@NullMarked
package org.sillok.verify.chain;

import org.jspecify.annotations.NullMarked;
