package org.sillok.log;

import java.nio.file.Path;

/**
 * A file of the data directory cannot be used. The message names the file and says what to do about
 * it.
 */
public final class KeyFileException extends RuntimeException {

  KeyFileException(Path file, String what) {
    super(file + ": " + what);
  }

  public KeyFileException(Path file, String what, Throwable cause) {
    super(file + ": " + what, cause);
  }
}
