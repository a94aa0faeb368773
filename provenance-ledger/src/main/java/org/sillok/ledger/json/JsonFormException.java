package org.sillok.ledger.json;

/** A text is not JSON in the canonical form, or does not have the members that are expected. */
public final class JsonFormException extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  JsonFormException(String message) {
    super(message);
  }

  JsonFormException(String message, Throwable cause) {
    super(message, cause);
  }
}
