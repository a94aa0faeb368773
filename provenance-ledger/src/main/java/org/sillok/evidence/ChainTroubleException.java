package org.sillok.evidence;

import org.jspecify.annotations.Nullable;

/** The chain could not be asked, or not all of it: neither good nor bad evidence. */
public final class ChainTroubleException extends Exception {

  private static final long serialVersionUID = 1;

  public ChainTroubleException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
