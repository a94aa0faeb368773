package org.sillok.anchor;

import java.util.Optional;
import org.sillok.ledger.AcceptedCheckpoint;

/**
 * What a server remembers outside of the database of the heads that the ledger has accepted, so
 * that a database from which the newest ones were taken is noticed. One that is behind says
 * nothing: of several servers each remembers what it has met.
 */
public interface HeadMemory {

  /** Remembers nothing. */
  HeadMemory NONE =
      new HeadMemory() {
        @Override
        public Optional<AcceptedCheckpoint> newest() {
          return Optional.empty();
        }

        @Override
        public void keep(AcceptedCheckpoint accepted) {
          // It remembers nothing.
        }
      };

  /**
   * The largest head that was kept.
   *
   * @throws org.sillok.log.KeyFileException if there is one, and it cannot be read
   */
  Optional<AcceptedCheckpoint> newest();

  /**
   * Keeps the head unless a larger one is kept.
   *
   * @throws org.sillok.log.KeyFileException if it cannot be kept
   */
  void keep(AcceptedCheckpoint accepted);
}
