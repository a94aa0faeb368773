package org.sillok.merkle;

/** A proof does not show what it claims; the message has what was got and what was wanted. */
public final class ProofException extends Exception {

  private static final long serialVersionUID = 1;

  ProofException(String message) {
    super(message);
  }
}
