package org.sillok.log;

/** A text is not an entry of this version of the format; the message says where. */
public final class EntryFormatException extends Exception {

  EntryFormatException(String message) {
    super(message);
  }

  EntryFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
