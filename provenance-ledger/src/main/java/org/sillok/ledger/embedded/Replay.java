package org.sillok.ledger.embedded;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sillok.ledger.LedgerRefusedException;
import org.sillok.ledger.Receipt;
import org.sillok.ledger.block.Block;
import org.sillok.ledger.block.BlockException;
import org.sillok.ledger.block.LedgerPublicKey;
import org.sillok.ledger.block.LedgerTransaction.Found;
import org.sillok.ledger.block.SignedBlock;
import org.sillok.merkle.Hash;

/**
 * Follows the blocks from genesis and compares everything beside them with what they come to. Used
 * once, in one snapshot. Memory grows with the state, not with the number of blocks or checkpoints.
 */
final class Replay {

  private static final int LIMIT = 100;

  private final BlockStore blocks;
  private final JdbcState stored;
  private final LedgerPublicKey key;
  private final Hash genesis;
  private final List<String> findings = new ArrayList<>();
  private final Map<Table<?>, Long> appended = new HashMap<>();
  private final MemoryState replayed = new MemoryState(this::compareAppended);
  private @Nullable Block last;

  Replay(Connection connection, LedgerPublicKey key, Hash genesis) {
    this.blocks = new BlockStore(connection);
    this.stored = new JdbcState(connection);
    this.key = key;
    this.genesis = genesis;
  }

  ChainReport run(Collection<Receipt> witnessed) throws SQLException {
    boolean whole = followBlocks();
    compareHead();
    for (Receipt receipt : witnessed) {
      compareWitnessed(receipt);
    }
    if (whole) {
      compareState();
    }
    return new ChainReport(last == null ? 0 : last.number() + 1, findings);
  }

  /** Stops at the first block that does not follow: what comes after rests on it. */
  private boolean followBlocks() throws SQLException {
    for (List<BlockStore.Row> rows = blocks.from(0);
        !rows.isEmpty();
        rows = blocks.from(Objects.requireNonNull(last).number() + 1)) {
      for (BlockStore.Row row : rows) {
        Optional<String> flaw = follow(row);
        if (flaw.isPresent()) {
          find("block " + row.number() + ": " + flaw.get());
          return false;
        }
      }
    }
    return true;
  }

  private Optional<String> follow(BlockStore.Row row) {
    try {
      Block block = SignedBlock.verify(row.text(), key);
      Optional<String> flaw = link(row, block);
      if (flaw.isEmpty()) {
        if (!Rules.apply(block, replayed).equals(block.receipt())) {
          return Optional.of("repeats an earlier block");
        }
        last = block;
      }
      return flaw;
    } catch (BlockException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (LedgerRefusedException | IllegalArgumentException e) {
      return Optional.of("breaks a rule: " + e.getMessage());
    }
  }

  private Optional<String> link(BlockStore.Row row, Block block) {
    Block before = last;
    long number = before == null ? 0 : before.number() + 1;
    if (row.number() != number || block.number() != number) {
      return Optional.of(
          "numbered " + block.number() + " in row " + row.number() + ", want " + number);
    }
    if (!row.hash().equals(block.hash())
        || !row.transaction().equals(block.receipt().transaction())) {
      return Optional.of("stands under other hashes than its own");
    }
    if (!block.genesisHash().equals(genesis)) {
      return Optional.of("belongs to ledger " + block.genesisHash() + ", want " + genesis);
    }
    if (before == null) {
      return block.transaction() instanceof Found founding && founding.key().equals(key)
          ? Optional.empty()
          : Optional.of("names another ledger key");
    }
    if (!Objects.equals(block.previous(), before.hash())) {
      return Optional.of("follows " + block.previous() + ", want " + before.hash());
    }
    return block.time().isBefore(before.time())
        ? Optional.of("time " + block.time() + " before " + before.time())
        : Optional.empty();
  }

  private void compareHead() throws SQLException {
    String got = blocks.head().map(Head::toString).orElse("none");
    Block end = last;
    String want = end == null ? "none" : new Head(end.number(), end.hash(), end.time()).toString();
    if (!got.equals(want)) {
      find("sillok_ledger_head: got " + got + ", want " + want);
    }
  }

  private void compareWitnessed(Receipt receipt) throws SQLException {
    Optional<BlockStore.Row> row = blocks.block(receipt.blockNumber());
    String got = row.map(found -> found.hash().toString()).orElse("none");
    if (!got.equals(receipt.blockHash().toString())) {
      find(
          "block "
              + receipt.blockNumber()
              + ": got "
              + got
              + ", want "
              + receipt.blockHash()
              + ", for which a receipt was given");
    }
  }

  private void compareState() {
    for (Table<?> table : Table.ALL) {
      if (table.appendOnly()) {
        long want = appended.getOrDefault(table, 0L);
        long got = stored.count(table);
        if (got != want) {
          find(table.name() + ": got " + got + " items, want " + want);
        }
      } else {
        compare(table, stored.bodies(table), replayed.bodies(table));
      }
    }
  }

  private void compare(Table<?> table, Map<String, String> got, Map<String, String> want) {
    Set<String> items = new HashSet<>(got.keySet());
    items.addAll(want.keySet());
    items.stream().sorted().forEach(item -> compare(table, item, got.get(item), want.get(item)));
  }

  private void compareAppended(Table<?> table, String item, String body) {
    appended.merge(table, 1L, Long::sum);
    compare(table, item, stored.body(table, item).orElse(null), body);
  }

  private void compare(Table<?> table, String item, @Nullable String got, @Nullable String want) {
    if (!Objects.equals(got, want)) {
      find(table.name() + " " + item + ": got " + got + ", want " + want);
    }
  }

  private void find(String finding) {
    if (findings.size() < LIMIT) {
      findings.add(finding);
    }
  }
}
