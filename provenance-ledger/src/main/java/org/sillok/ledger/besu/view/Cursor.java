package org.sillok.ledger.besu.view;

import java.time.Instant;
import org.sillok.ledger.besu.rpc.BlockHeader;
import org.sillok.merkle.Hash;

/** The block up to which the chain was followed. */
record Cursor(long number, Hash hash, Instant time) {

  static Cursor at(BlockHeader block) {
    return new Cursor(block.number(), block.hash(), block.time());
  }
}
