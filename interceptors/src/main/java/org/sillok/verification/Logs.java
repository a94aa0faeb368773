package org.sillok.verification;

import java.util.Optional;
import org.sillok.ledger.LogId;
import org.sillok.log.LogBreak;
import org.sillok.log.LogVkeys;
import org.sillok.note.VerifierKey;

/** What this hospital's logs are called on the ledger, and the keys that sign for them. */
public interface Logs {

  /** The number of the log that entries go to now. */
  int open();

  LogId id(int log);

  /** The key that signs the open log's heads now. */
  VerifierKey key();

  /** The public parts of the keys that this server holds; not what the database says. */
  LogVkeys keys(int log);

  /** Where the log was closed, if another took over. */
  Optional<LogBreak> broken(int log);
}
