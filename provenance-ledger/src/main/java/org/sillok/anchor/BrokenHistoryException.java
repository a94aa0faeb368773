package org.sillok.anchor;

/** This hospital's log does not extend what the ledger has accepted of it. */
final class BrokenHistoryException extends Exception {

  BrokenHistoryException(String message) {
    super(message);
  }
}
