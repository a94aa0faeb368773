package org.sillok.log;

/**
 * The database holds a log that this server must not write to. The message says why and what to do;
 * nothing was changed.
 */
public final class ForeignLogException extends RuntimeException {

  ForeignLogException(String message) {
    super(message);
  }
}
