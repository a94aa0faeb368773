package org.sillok.ledger.embedded;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sillok.ledger.block.Block;

/**
 * How far the blocks were verified and followed, and what they come to. Kept in memory between
 * replays, where whoever has only the database does not come; whether the rows are still those that
 * were verified is for each replay to see. Its memory grows with the state, not with the number of
 * blocks or checkpoints. For one thread at a time.
 */
final class Followed {

  private final byte[] key = new byte[32];
  private final RowSum blocks;
  private final Map<Table<?>, RowSum> appended = new HashMap<>();
  private final MemoryState state;
  private @Nullable Block last;

  Followed() {
    this((table, item, body) -> {});
  }

  /**
   * @param listener told of what goes to append-only tables
   */
  Followed(MemoryState.Appended listener) {
    new SecureRandom().nextBytes(key);
    blocks = sum();
    state =
        new MemoryState(
            (table, item, body) -> {
              of(table).add(item, body);
              listener.item(table, item, body);
            });
  }

  /** One to compare with. */
  RowSum sum() {
    return new RowSum(key);
  }

  MemoryState state() {
    return state;
  }

  RowSum blocks() {
    return blocks;
  }

  /** Of all items that the blocks have added to an append-only table. */
  RowSum of(Table<?> table) {
    return appended.computeIfAbsent(table, any -> sum());
  }

  @Nullable Block last() {
    return last;
  }

  /** The number of the block that comes next. */
  long next() {
    return last == null ? 0 : last.number() + 1;
  }

  void follow(BlockStore.Row row, Block block) {
    blocks.addAll(List.of(row));
    last = block;
  }
}
