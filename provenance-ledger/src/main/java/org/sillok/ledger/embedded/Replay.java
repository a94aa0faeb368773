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
 * Follows the blocks and compares everything beside them with what they come to. Used once, in one
 * snapshot. Blocks that an earlier replay has verified are not verified again if they are still the
 * same; if anything is wrong at all, all are followed from genesis, and each row is compared, to
 * say what it is.
 */
final class Replay {

  private static final int LIMIT = 100;

  private final BlockStore blocks;
  private final JdbcState stored;
  private final LedgerPublicKey key;
  private final Hash genesis;
  private final List<String> findings = new ArrayList<>();
  private final Map<Table<?>, Long> appended = new HashMap<>();
  private final Followed before;
  private Followed followed;
  private boolean naming;

  /**
   * @param before followed by an earlier replay
   */
  Replay(Connection connection, LedgerPublicKey key, Hash genesis, Followed before) {
    this.before = before;
    this.followed = before;
    this.blocks = new BlockStore(connection);
    this.stored = new JdbcState(connection);
    this.key = key;
    this.genesis = genesis;
  }

  ChainReport run(Collection<Receipt> witnessed) throws SQLException {
    Block verified = before.last();
    if (!areBlocksTheSame() || !isSound(witnessed)) {
      findings.clear();
      followed = new Followed(this::compareAppended);
      naming = true;
      if (isSound(witnessed) && verified != null) {
        compareVerified(verified);
      }
    }
    return new ChainReport(followed.next(), findings);
  }

  /** What the next replay goes on from. */
  Followed next() {
    return naming && findings.isEmpty() ? new Followed() : before;
  }

  private boolean areBlocksTheSame() throws SQLException {
    RowSum now = followed.sum();
    for (long next = 0; next < followed.next(); ) {
      List<BlockStore.Row> rows = blocks.from(next, followed.next());
      if (rows.isEmpty()) {
        return false;
      }
      now.addAll(rows);
      next = rows.get(rows.size() - 1).number() + 1;
    }
    return now.isSameAs(followed.blocks());
  }

  private boolean isSound(Collection<Receipt> witnessed) throws SQLException {
    boolean whole = followBlocks();
    compareHead();
    for (Receipt receipt : witnessed) {
      compareWitnessed(receipt);
    }
    if (whole) {
      compareState();
    }
    return findings.isEmpty();
  }

  /** Stops at the first block that does not follow: what comes after rests on it. */
  private boolean followBlocks() throws SQLException {
    for (List<BlockStore.Row> rows = blocks.from(followed.next(), Long.MAX_VALUE);
        !rows.isEmpty();
        rows = blocks.from(followed.next(), Long.MAX_VALUE)) {
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
        if (!Rules.apply(block, followed.state()).equals(block.receipt())) {
          return Optional.of("repeats an earlier block");
        }
        followed.follow(row, block);
      }
      return flaw;
    } catch (BlockException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (LedgerRefusedException | IllegalArgumentException e) {
      return Optional.of("breaks a rule: " + e.getMessage());
    }
  }

  private Optional<String> link(BlockStore.Row row, Block block) {
    Block before = followed.last();
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
    Block end = followed.last();
    String want = end == null ? "none" : new Head(end.number(), end.hash(), end.time()).toString();
    if (!got.equals(want)) {
      find("sillok_ledger_head: got " + got + ", want " + want);
    }
  }

  private void compareWitnessed(Receipt receipt) throws SQLException {
    compare(receipt.blockNumber(), receipt.blockHash(), "for which a receipt was given");
  }

  /** Of a chain that is sound and yet another than before: what is missing at its end. */
  private void compareVerified(Block verified) throws SQLException {
    compare(verified.number(), verified.hash(), "which was there before");
  }

  private void compare(long number, Hash want, String why) throws SQLException {
    String got = blocks.block(number).map(row -> row.hash().toString()).orElse("none");
    if (!got.equals(want.toString())) {
      find("block " + number + ": got " + got + ", want " + want + ", " + why);
    }
  }

  private void compareState() {
    for (Table<?> table : Table.ALL) {
      if (table.appendOnly() && !naming) {
        RowSum sum = followed.sum();
        stored.addTo(sum, table);
        if (!sum.isSameAs(followed.of(table))) {
          find(table.name() + " has other items");
        }
      } else if (table.appendOnly()) {
        long want = appended.getOrDefault(table, 0L);
        long got = stored.count(table);
        if (got != want) {
          find(table.name() + ": got " + got + " items, want " + want);
        }
      } else {
        compare(table, stored.bodies(table), followed.state().bodies(table));
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
