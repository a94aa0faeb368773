package org.sillok.ledger.besu.sign;

import org.sillok.ledger.Address;

/** Signs for one account. Thread-safe. */
public interface TransactionSigner {

  Address account();

  /**
   * @return checked by {@link SignedTransaction#of}
   * @throws SigningException if it cannot be signed now, or came back as something else
   */
  SignedTransaction sign(UnsignedTransaction transaction);
}
