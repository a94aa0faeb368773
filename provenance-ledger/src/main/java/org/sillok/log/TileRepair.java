package org.sillok.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.sillok.jdbc.Transaction;
import org.sillok.merkle.Hash;
import org.sillok.merkle.RootBuilder;
import org.sillok.merkle.Tile;
import org.sillok.merkle.TreeAppender;
import org.sillok.note.Checkpoint;
import org.sillok.note.NoteException;

/**
 * Makes lost and broken tiles again from the entries, if these are beyond doubt: they give the root
 * of the newest head that the ledger has accepted, and of the newest one that the log's key has
 * signed, and what came later has the marks of this hospital's servers. Else nothing changes.
 *
 * <p>Nothing gets a place meanwhile, on no server. Memory does not depend on the log's size.
 * Thread-safe.
 */
public final class TileRepair {

  private static final String LOCK = "SELECT tree_size FROM sillok_log WHERE log = ? FOR UPDATE";

  private final DataSource dataSource;
  private final OpenLog log;
  private final HeadWitness witness;

  public TileRepair(DataSource dataSource, OpenLog log, HeadWitness witness) {
    this.dataSource = dataSource;
    this.log = log.snapshot();
    this.witness = witness;
  }

  /**
   * What the witness throws comes through.
   *
   * @return how many tiles were lost or broken, and are not any more
   * @throws RepairRefusedException if the entries do not give what they should
   * @throws LogStoreException if the database fails
   */
  public long run() {
    try {
      return Transaction.run(dataSource, this::repair);
    } catch (SQLException e) {
      throw new LogStoreException("the tiles could not be made again", e);
    }
  }

  private long repair(Connection connection) throws SQLException {
    Optional<HeadWitness.Head> accepted = witness.newest();
    long size = lock(connection);
    NavigableMap<Long, Hash> heads = new TreeMap<>();
    accepted.ifPresent(head -> want(heads, head.size(), head.root(), size));
    signed(connection).ifPresent(head -> want(heads, head.size(), head.root(), size));
    if (heads.isEmpty()) {
      throw new RepairRefusedException("no head was signed or accepted that would tell the root");
    }
    Rebuilt rebuilt = new Rebuilt(connection, heads);
    rebuilt.add(0, heads.lastKey(), null);
    rebuilt.add(heads.lastKey(), size, log.mac());
    rebuilt.end();
    return rebuilt.written;
  }

  private long lock(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(LOCK)) {
      select.setInt(1, log.number());
      try (ResultSet rows = select.executeQuery()) {
        if (!rows.next()) {
          throw new RepairRefusedException("there is no log " + log.number());
        }
        return rows.getLong(1);
      }
    }
  }

  private static void want(NavigableMap<Long, Hash> heads, long size, Hash root, long treeSize) {
    if (size > treeSize) {
      throw new RepairRefusedException(
          "a head of " + size + " leaves is known, and the database has only " + treeSize);
    }
    Hash other = heads.putIfAbsent(size, root);
    if (other != null && !other.equals(root)) {
      throw new RepairRefusedException("there are two heads of " + size + " leaves");
    }
  }

  /** The newest stored head, if the log's key has signed it. */
  private Optional<Checkpoint> signed(Connection connection) {
    return new LogReader(dataSource, log.mac())
        .on(connection)
        .newestCheckpoint(log.number())
        .flatMap(this::opened);
  }

  private Optional<Checkpoint> opened(StoredCheckpoint stored) {
    try {
      return Optional.of(log.vkeys().open(stored.note()));
    } catch (NoteException e) {
      return Optional.empty();
    }
  }

  /** The tree as the entries give it; takes the place of what is stored. */
  private final class Rebuilt {

    private final TileTable stored;
    private final NavigableMap<Long, Hash> heads;
    private final TreeAppender tiles = new TreeAppender((level, index) -> new byte[0], 0);
    private final RootBuilder tree = new RootBuilder();

    /** The unfinished tile of each level. */
    private final Map<Integer, Tile> edge = new HashMap<>();

    private long written;

    Rebuilt(Connection connection, NavigableMap<Long, Hash> heads) {
      this.stored = new TileTable(connection, log.number());
      this.heads = heads;
    }

    /**
     * @param mac for entries that no head vouches for
     */
    void add(long from, long end, @Nullable EntryMac mac) throws SQLException {
      try (LeafReader reader = new LeafReader(dataSource, log.number(), from, end, mac)) {
        while (reader.hasNext()) {
          add(reader.next());
        }
      }
    }

    private void add(LeafChunk chunk) throws SQLException {
      if (!chunk.findings.isEmpty()) {
        throw new RepairRefusedException(chunk.findings.get(0).toString());
      }
      List<Hash> leaves = new ArrayList<>(chunk.count());
      for (int i = 0; i < chunk.count(); i++) {
        if (!chunk.has(i)) {
          throw new RepairRefusedException("leaf " + (chunk.first + i) + " has no entry");
        }
        leaves.add(chunk.leaves.at(i));
        tree.add(chunk.leaves, i);
        check(heads.get(tree.size()));
      }
      for (Tile tile : tiles.append(leaves)) {
        if (tile.width() == Tile.WIDTH) {
          edge.remove(tile.level());
          write(tile);
        } else {
          edge.put(tile.level(), tile);
        }
      }
    }

    void end() throws SQLException {
      for (Tile tile : edge.values()) {
        write(tile);
      }
    }

    private void write(Tile tile) throws SQLException {
      if (!Arrays.equals(stored.hashes(tile.level(), tile.index()), tile.toBytes())) {
        stored.write(tile);
        written++;
      }
    }

    private void check(@Nullable Hash head) {
      if (head != null && !head.equals(tree.root())) {
        throw new RepairRefusedException(
            "the head of "
                + tree.size()
                + " leaves has root "
                + head
                + ", the entries give "
                + tree.root());
      }
    }
  }
}
