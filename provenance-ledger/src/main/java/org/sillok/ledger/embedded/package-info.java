/**
 * The ledger in the server's own database: the same rules as the chain's, each write one block that
 * is hash-linked and signed.
 *
 * <p>Right for a first look, a single hospital and tests. It witnesses nothing to outsiders: who
 * holds its key and its database can write another history, and says so in {@link
 * org.sillok.ledger.LedgerInfo#notice()}.
 */
@NullMarked
package org.sillok.ledger.embedded;

import org.jspecify.annotations.NullMarked;
