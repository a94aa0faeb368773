package org.sillok.log;

import java.util.List;
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
        public List<Head> after(long size, int most) {
          return List.of();
        }
      };

  /**
   * A head that was seen.
   *
   * @param receipt as {@link StoredCheckpoint} keeps it
   */
  record Head(long size, Hash root, String receipt) {}

  Optional<Head> newest();

  /** The first heads of more than {@code size} leaves, smallest first; at most so many. */
  List<Head> after(long size, int most);
}
