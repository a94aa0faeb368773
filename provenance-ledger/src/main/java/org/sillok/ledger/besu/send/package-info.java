/**
 * Gets transactions into the chain exactly once: stored before they are sent, sent again as the
 * same bytes until a block has them, whatever breaks in between and whichever server goes on.
 *
 * <p>What a transaction says, and what its refusal means, is known elsewhere.
 */
@NullMarked
package org.sillok.ledger.besu.send;

import org.jspecify.annotations.NullMarked;
