package org.sillok.ledger.besu.sign;

/** A transaction could not be signed. Never quotes a key or a password. */
public final class SigningException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public SigningException(String message, Throwable cause) {
    super(message, cause);
  }
}
