/**
 * Accounts that sign transactions: a key in an encrypted file, or a signing server. What comes back
 * is taken apart and compared before anybody sends it.
 *
 * <p>It decides nothing: which transaction with which nonce is made elsewhere. Patients' statements
 * are signed by patients, see {@code org.sillok.ledger.eip712}.
 */
@NullMarked
package org.sillok.ledger.besu.sign;

import org.jspecify.annotations.NullMarked;
