package org.sillok.evidence;

/** A file is not evidence in a form that this version knows; says what is wrong. */
public final class EvidenceFormatException extends Exception {

  private static final long serialVersionUID = 1;

  EvidenceFormatException(String message) {
    super(message);
  }
}
