package org.sillok.note;

/** A note, checkpoint or proof is malformed, or not signed as it must be; says what and why. */
public final class NoteException extends Exception {

  private static final long serialVersionUID = 1;

  public NoteException(String message) {
    super(message);
  }
}
