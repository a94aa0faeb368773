package org.sillok.ledger;

/** Which implementation speaks. */
public enum LedgerKind {
  EMBEDDED,
  BESU
}
