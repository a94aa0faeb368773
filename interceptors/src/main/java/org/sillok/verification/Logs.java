package org.sillok.verification;

import org.sillok.ledger.LogId;
import org.sillok.note.VerifierKey;

/** What this hospital's logs are called on the ledger, and the keys that sign for them. */
public interface Logs {

  /** The number of the log that entries go to now. */
  int open();

  LogId id(int log);

  /** The public part of the key that this server holds; not what the database says. */
  VerifierKey key(int log);
}
