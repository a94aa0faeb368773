package org.sillok.log;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.sillok.log.LogFinding.Kind;
import org.sillok.merkle.CompactRange;
import org.sillok.merkle.Hash;
import org.sillok.merkle.RootBuilder;
import org.sillok.merkle.Tile;

/**
 * Walks the whole log, in order, and compares everything that is stored with everything else:
 * entries with their columns, macs and places, leaves with tiles, tiles with tiles, heads with the
 * root that the entries give, with their signatures and with what a witness has seen.
 *
 * <p>It can be done at once or in steps. The log may grow meanwhile, and what grows is the next
 * step's or the next audit's business: an untouched log has no findings at any time. Memory does
 * not depend on the log's size. Entries are read in two threads of its own. A step takes up to four
 * connections, and waits while another one is under way in this process. Thread-safe.
 */
public final class LogAudit {

  /** How closely entries are looked at. */
  public enum Depth {
    /** Their hashes and places only. */
    TREE,
    /** Their form, columns and macs as well, and entries that should not be there. */
    ENTRIES
  }

  private static final long STEP = 65_536;
  private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock(true);

  private final DataSource dataSource;
  private final int log;
  private final LogVkeys vkeys;
  private final EntryMac mac;
  private final HeadWitness witness;

  public LogAudit(
      DataSource dataSource, int log, LogVkeys vkeys, EntryMac mac, HeadWitness witness) {
    this.dataSource = dataSource;
    this.log = log;
    this.vkeys = vkeys;
    this.mac = mac;
    this.witness = witness;
  }

  /**
   * One pass. What the witness throws comes through.
   *
   * @param listener told of the first hundred findings of each kind
   * @param progress told every so often how many leaves are done; it may take its time
   * @throws LogStoreException if the database fails
   */
  public AuditResult run(Depth depth, Consumer<LogFinding> listener, LongConsumer progress) {
    AuditFindings findings = new AuditFindings(listener);
    CompactRange done = CompactRange.EMPTY;
    long checkpoints = 0;
    for (boolean ended = false; !ended; ) {
      AuditStep step = step(done, STEP, depth, findings);
      done = step.done();
      checkpoints += step.checkpoints();
      ended = step.ended();
      progress.accept(done.size());
    }
    Hash root = new RootBuilder(done, (level, index, hash) -> {}).root();
    return new AuditResult(done.size(), root, checkpoints, findings.counts());
  }

  /**
   * Some more leaves, and with the last ones what concerns the log as a whole. What the witness
   * throws comes through.
   *
   * @param from what the step before gave; {@link CompactRange#EMPTY} to begin
   * @param most leaves at most
   * @param listener told of the first hundred findings of each kind
   * @throws LogStoreException if the database fails
   */
  public AuditStep step(CompactRange from, long most, Depth depth, Consumer<LogFinding> listener) {
    return step(from, most, depth, new AuditFindings(listener));
  }

  private AuditStep step(CompactRange from, long most, Depth depth, AuditFindings findings) {
    ONE_AT_A_TIME.lock();
    try (Connection connection = dataSource.getConnection()) {
      return new Pass(connection, from, findings).run(most, depth == Depth.TREE ? null : mac);
    } catch (SQLException e) {
      throw new LogStoreException("the log could not be audited", e);
    } finally {
      ONE_AT_A_TIME.unlock();
    }
  }

  private final class Pass {

    private final Connection connection;
    private final AuditFindings findings;
    private final LogReader reader;
    private final TileAudit tiles;
    private final CheckpointAudit checkpoints;
    private final RootBuilder tree;
    private byte[] tile = new byte[0];

    Pass(Connection connection, CompactRange from, AuditFindings findings) {
      this.connection = connection;
      this.findings = findings;
      this.reader = new LogReader(dataSource, mac).on(connection);
      this.tiles = new TileAudit(connection, log, findings);
      this.tree = new RootBuilder(from, tiles);
      this.checkpoints = new CheckpointAudit(reader, log, vkeys, witness, findings, from.size());
    }

    AuditStep run(long most, @Nullable EntryMac entryMac) throws SQLException {
      // A head is stored before it is published: what the witness has seen by now is in the table.
      long seen = witness.newest().map(HeadWitness.Head::size).orElse(0L);
      long size = reader.size(log);
      long first = tree.size();
      checkpoints.grown(tree);
      try (LeafReader leaves =
          new LeafReader(dataSource, log, first, Math.min(size, first + most), entryMac)) {
        while (leaves.hasNext()) {
          add(leaves.next());
        }
      }
      if (tree.size() >= size) {
        ended(seen, entryMac != null);
      }
      return new AuditStep(tree.range(), checkpoints.compared(), tree.size() >= size);
    }

    private void ended(long seen, boolean entriesAsWell) throws SQLException {
      checkpoints.ended(tree.size(), seen);
      tiles.ended(tree.size());
      SurplusQueries surplus = new SurplusQueries(connection, log, tree.size(), findings);
      surplus.tiles();
      if (entriesAsWell) {
        surplus.entries();
      }
    }

    private void add(LeafChunk chunk) {
      chunk.findings.forEach(wrong -> findings.add(wrong.kind(), wrong.position(), wrong.detail()));
      for (int i = 0; i < chunk.count(); i++) {
        long index = chunk.first + i;
        int at = (int) (index % Tile.WIDTH);
        if (at == 0 || tile.length == 0) {
          tile = tiles.leaves(index / Tile.WIDTH);
        }
        if (chunk.has(i) && chunk.leaves.equalsAt(i, tile, at)) {
          tree.add(chunk.leaves, i);
        } else {
          tree.add(leaf(index, chunk.has(i) ? chunk.leaves.at(i) : null, stored(at)));
        }
        checkpoints.grown(tree);
        if (at == Tile.WIDTH - 1) {
          tiles.full(0, index / Tile.WIDTH, tile);
        }
      }
    }

    private Optional<Hash> stored(int at) {
      return tile.length < (at + 1) * Hash.SIZE
          ? Optional.empty()
          : Optional.of(Hash.at(tile, at * Hash.SIZE));
    }

    /** The hash to go on with: of an authentic entry its own, else what the tile has. */
    private Hash leaf(long index, @Nullable Hash own, Optional<Hash> inTile) {
      if (own == null) {
        findings.add(Kind.PLACE_EMPTY, index, "no entry");
        return inTile.orElse(Hash.of(new byte[Hash.SIZE]));
      }
      if (inTile.isPresent()) {
        findings.add(Kind.LEAF_DIFFERS, index, "tile has " + inTile.get() + ", entry gives " + own);
      }
      boolean authentic = reader.at(log, index).map(StoredEntry::authentic).orElse(false);
      return authentic ? own : inTile.orElse(own);
    }
  }
}
