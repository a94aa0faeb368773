/**
 * The embedded ledger's blocks as texts: what a block holds, how it is hashed and signed, and how
 * somebody who has only the text and the ledger's public key checks it.
 *
 * <p>Pure computation: no database, no clock. A valid block proves that the holder of the ledger's
 * key accepted the transaction, not that it was the only history that was shown.
 */
@NullMarked
package org.sillok.ledger.block;

import org.jspecify.annotations.NullMarked;
