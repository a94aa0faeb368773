package org.sillok.log;

import java.sql.SQLException;

/** The database could not be read or written; trying again later may help. */
public final class LogStoreException extends RuntimeException {

  public LogStoreException(String what, SQLException cause) {
    super(what + ": " + cause.getMessage(), cause);
  }
}
