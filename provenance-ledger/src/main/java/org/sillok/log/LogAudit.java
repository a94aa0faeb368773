package org.sillok.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.sillok.log.LogFinding.Kind;
import org.sillok.merkle.Hash;
import org.sillok.merkle.RootBuilder;
import org.sillok.merkle.Tile;
import org.sillok.note.VerifierKey;

/**
 * Walks the whole log, in order, and compares everything that is stored with everything else:
 * entries with their columns, macs and places, leaves with tiles, tiles with tiles, heads with the
 * root that the entries give, with their signatures and with what a witness has seen.
 *
 * <p>The log may grow meanwhile, and what grows is the next audit's business: an untouched log has
 * no findings at any time. Memory does not depend on the log's size. Thread-safe.
 */
public final class LogAudit {

  private static final int PAGE = 8 * Tile.WIDTH;
  private static final String ENTRIES =
      "SELECT "
          + AuditedEntry.COLUMNS
          + " FROM sillok_entry WHERE log = ? AND leaf_index BETWEEN ? AND ?"
          + " ORDER BY log, leaf_index, id";

  private final DataSource dataSource;
  private final int log;
  private final VerifierKey vkey;
  private final EntryMac mac;
  private final HeadWitness witness;

  public LogAudit(
      DataSource dataSource, int log, VerifierKey vkey, EntryMac mac, HeadWitness witness) {
    this.dataSource = dataSource;
    this.log = log;
    this.vkey = vkey;
    this.mac = mac;
    this.witness = witness;
  }

  /**
   * One pass. What the witness throws comes through.
   *
   * @param listener told of the first hundred findings of each kind
   * @param progress told after each page how many leaves are done; it may take its time
   * @throws LogStoreException if the database fails
   */
  public AuditResult run(Consumer<LogFinding> listener, LongConsumer progress) {
    try (Connection connection = dataSource.getConnection()) {
      return new Pass(connection, new AuditFindings(listener)).run(progress);
    } catch (SQLException e) {
      throw new LogStoreException("the log could not be audited", e);
    }
  }

  private final class Pass {

    private final Connection connection;
    private final AuditFindings findings;
    private final LogReader reader;
    private final TileAudit tiles;
    private final CheckpointAudit checkpoints;
    private final RootBuilder tree = new RootBuilder();

    Pass(Connection connection, AuditFindings findings) {
      this.connection = connection;
      this.findings = findings;
      this.reader = new LogReader(dataSource, mac).on(connection);
      this.tiles = new TileAudit(connection, log, findings);
      this.checkpoints = new CheckpointAudit(reader, log, vkey, witness, findings);
    }

    AuditResult run(LongConsumer progress) throws SQLException {
      // A head is stored before it is published: what the witness has seen by now is in the table.
      Optional<HeadWitness.Head> seen = witness.newest();
      long size = reader.size(log);
      checkpoints.grown(tree);
      for (long first = 0; first < size; first += PAGE) {
        page(first, Math.min(size, first + PAGE));
        progress.accept(tree.size());
      }
      checkpoints.ended(size);
      SurplusQueries surplus = new SurplusQueries(connection, log, size, findings);
      tiles.ended(surplus);
      surplus.entries();
      seen.ifPresent(this::wantStored);
      return new AuditResult(size, tree.root(), checkpoints.compared(), findings.counts());
    }

    private void page(long first, long end) throws SQLException {
      List<Hash> leaves = new ArrayList<>();
      byte[] tile = new byte[0];
      try (EntryCursor entries = new EntryCursor(first, end)) {
        for (long index = first; index < end; index++) {
          if (index % Tile.WIDTH == 0) {
            tile = tiles.leaves(index / Tile.WIDTH);
          }
          leaves.add(leaf(index, entries.at(index), stored(tile, (int) (index % Tile.WIDTH))));
          tree.add(leaves.get(leaves.size() - 1));
          checkpoints.grown(tree);
        }
      }
      tiles.add(leaves);
    }

    private Optional<Hash> stored(byte[] tile, int at) {
      return tile.length < (at + 1) * Hash.SIZE
          ? Optional.empty()
          : Optional.of(Hash.at(tile, at * Hash.SIZE));
    }

    /** The hash to go on with: of an authentic entry its own, else what the tile has. */
    private Hash leaf(long index, Optional<AuditedEntry> entry, Optional<Hash> inTile) {
      if (entry.isEmpty()) {
        findings.add(Kind.PLACE_EMPTY, index, "no entry");
        return inTile.orElse(Hash.of(new byte[Hash.SIZE]));
      }
      entry.get().check(findings);
      Hash own = entry.get().leaf();
      if (inTile.isPresent() && !inTile.get().equals(own)) {
        findings.add(Kind.LEAF_DIFFERS, index, "tile has " + inTile.get() + ", entry gives " + own);
      }
      return entry.get().isAuthentic() ? own : inTile.orElse(own);
    }

    private void wantStored(HeadWitness.Head seen) {
      Optional<StoredCheckpoint> stored = reader.checkpointAt(log, seen.size());
      if (stored.isEmpty()) {
        findings.add(
            Kind.CHECKPOINT_MISSING, seen.size(), "the ledger has accepted " + seen.root());
      } else if (!stored.get().root().equals(seen.root())) {
        findings.add(
            Kind.LEDGER_DIFFERS,
            seen.size(),
            "stored " + stored.get().root() + ", the ledger has " + seen.root());
      }
    }

    /** The rows of one page by place. */
    private final class EntryCursor implements AutoCloseable {

      private final PreparedStatement select;
      private final ResultSet rows;
      private Optional<AuditedEntry> next;

      EntryCursor(long first, long end) throws SQLException {
        select = connection.prepareStatement(ENTRIES);
        select.setInt(1, log);
        select.setLong(2, first);
        select.setLong(3, end - 1);
        rows = select.executeQuery();
        next = read();
      }

      /** The oldest row at the place; call it for each place in order. */
      Optional<AuditedEntry> at(long index) throws SQLException {
        if (next.isEmpty() || next.get().index != index) {
          return Optional.empty();
        }
        Optional<AuditedEntry> entry = next;
        next = read();
        for (; next.isPresent() && next.get().index == index; next = read()) {
          findings.add(Kind.PLACE_TAKEN_TWICE, index, "also by row " + next.get().id);
        }
        return entry;
      }

      private Optional<AuditedEntry> read() throws SQLException {
        return rows.next() ? Optional.of(new AuditedEntry(rows, mac)) : Optional.empty();
      }

      @Override
      public void close() throws SQLException {
        select.close();
      }
    }
  }
}
