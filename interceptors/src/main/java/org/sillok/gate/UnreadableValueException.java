package org.sillok.gate;

/** A value of a search cannot be read, whatever the database holds. */
public final class UnreadableValueException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public UnreadableValueException(Throwable cause) {
    super("a value of the search cannot be read", cause);
  }
}
