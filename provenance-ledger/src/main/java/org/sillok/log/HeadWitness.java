package org.sillok.log;

import java.util.Optional;
import org.sillok.merkle.Hash;

/** Who outside the database has seen the log's tree heads. */
public interface HeadWitness {

  /** Nobody. */
  HeadWitness NONE =
      new HeadWitness() {
        @Override
        public Optional<Head> newest() {
          return Optional.empty();
        }

        @Override
        public Optional<Head> at(long size) {
          return Optional.empty();
        }
      };

  /**
   * A head that was seen.
   *
   * @param receipt as {@link StoredCheckpoint} keeps it
   */
  record Head(long size, Hash root, String receipt) {}

  Optional<Head> newest();

  Optional<Head> at(long size);
}
