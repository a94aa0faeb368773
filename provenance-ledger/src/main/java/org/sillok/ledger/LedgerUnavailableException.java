package org.sillok.ledger;

import org.jspecify.annotations.Nullable;

/**
 * Trouble on the way to the ledger. A write may or may not have happened: read before repeating, or
 * repeat what is idempotent.
 */
public final class LedgerUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public LedgerUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
