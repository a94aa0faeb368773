package org.sillok.ledger;

/** A tree head that the ledger has accepted, and where that stands. */
public record AcceptedCheckpoint(LogId log, TreeHead head, Receipt receipt) {}
