package org.sillok.ledger.besu.rpc;

import java.util.Optional;
import org.sillok.merkle.Hash;

/** Blocks that were final when we saw them: a node that has others has another history. */
@FunctionalInterface
public interface KnownBlocks {

  /** A block by number and hash. */
  record Known(long number, Hash hash) {}

  /** The newest known block that is not above {@code head}. */
  Optional<Known> upTo(long head);
}
