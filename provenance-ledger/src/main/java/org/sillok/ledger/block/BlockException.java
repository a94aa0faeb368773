package org.sillok.ledger.block;

/** A block text proves nothing: says what was got and what was wanted. */
public final class BlockException extends Exception {

  private static final long serialVersionUID = 1;

  BlockException(String message) {
    super(message);
  }

  BlockException(String message, Throwable cause) {
    super(message, cause);
  }
}
