/**
 * EIP-712 typed data and secp256k1 key recovery, as far as patients' statements need them.
 *
 * <p>Verifies only; nothing here signs or holds a private key. What a statement means for a consent
 * is decided by the ledger's rules.
 */
@NullMarked
package org.sillok.ledger.eip712;

import org.jspecify.annotations.NullMarked;
