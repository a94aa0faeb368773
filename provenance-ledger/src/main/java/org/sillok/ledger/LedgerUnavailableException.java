package org.sillok.ledger;

/**
 * Trouble on the way to the ledger. A write may or may not have happened: read before repeating, or
 * repeat what is idempotent.
 */
public final class LedgerUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public LedgerUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
