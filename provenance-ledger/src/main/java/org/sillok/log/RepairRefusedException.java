package org.sillok.log;

/** Tiles cannot be made again: the entries do not give what was signed or accepted. */
public final class RepairRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  RepairRefusedException(String reason) {
    super(reason);
  }
}
