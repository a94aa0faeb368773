package org.sillok.canonical;

/**
 * Text has no canonical form. The message says what is wrong and where, as a JSON pointer or a line
 * and column, and quotes nothing of the text but member names.
 */
public final class CanonicalFormException extends Exception {

  private static final long serialVersionUID = 1;

  CanonicalFormException(String message) {
    super(message);
  }
}
