package org.sillok.testdata.soak;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.sillok.merkle.Hash;
import org.sillok.merkle.ProofException;
import org.sillok.merkle.RootBuilder;
import org.sillok.merkle.TileException;
import org.sillok.merkle.TiledTree;

/**
 * Compares the resource versions in a server's database with its log, by plain SQL and the Merkle
 * core. For a database with one log in which nothing was expunged or imported, and that nobody
 * writes to meanwhile.
 */
public final class LogCheck {

  private final Connection database;
  private final List<String> problems = new ArrayList<>();

  private LogCheck(Connection database) {
    this.database = database;
  }

  /**
   * What was counted and what was wrong.
   *
   * @param versions resource versions in the database
   * @param leaves entries that have a place in the tree
   * @param pending entries that have none yet
   */
  public record Result(
      long versions, long leaves, long pending, long checkpoints, List<String> problems) {

    public Result {
      problems = List.copyOf(problems);
    }

    String counts() {
      return versions
          + " versions, "
          + leaves
          + " leaves, "
          + pending
          + " waiting, "
          + checkpoints
          + " checkpoints";
    }
  }

  /**
   * @param acknowledged versions that clients were told are stored
   * @param seen tree heads that were seen from outside
   */
  public static Result of(Connection database, Set<Version> acknowledged, Collection<Head> seen)
      throws SQLException {
    return new LogCheck(database).run(acknowledged, seen);
  }

  private Result run(Set<Version> acknowledged, Collection<Head> seen) throws SQLException {
    Set<Version> versions = versions();
    compareWithEntries(versions);
    for (Version version : acknowledged) {
      if (!versions.contains(version)) {
        problems.add("acknowledged to a client, but not in the database: " + version);
      }
    }
    TreeMap<Long, Hash> checkpoints = checkpoints();
    TreeMap<Long, List<Hash>> heads = new TreeMap<>();
    checkpoints.forEach(
        (size, root) -> heads.computeIfAbsent(size, any -> new ArrayList<>()).add(root));
    seen.forEach(
        head -> heads.computeIfAbsent(head.size(), any -> new ArrayList<>()).add(head.root()));
    RootBuilder rebuilt = rebuild(heads);
    long leaves = rebuilt.size();
    checkTiles(checkpoints, leaves, rebuilt.root());
    long setAside =
        number("SELECT COUNT(*) FROM sillok_entry WHERE log IS NOT NULL AND leaf_index IS NULL");
    if (setAside > 0) {
      problems.add(setAside + " entries were set aside because their macs are wrong");
    }
    long pending = number("SELECT COUNT(*) FROM sillok_entry WHERE log IS NULL");
    return new Result(versions.size(), leaves, pending, checkpoints.size(), problems);
  }

  private Set<Version> versions() throws SQLException {
    Set<Version> versions = new HashSet<>();
    each(
        "SELECT v.res_type, r.fhir_id, v.res_ver FROM hfj_res_ver v JOIN hfj_resource r ON r.res_id = v.res_id",
        row -> versions.add(new Version(row.getString(1), row.getString(2), row.getLong(3))));
    long rows = number("SELECT COUNT(*) FROM hfj_res_ver");
    if (rows != versions.size()) {
      problems.add(rows + " rows of versions, but " + versions.size() + " versions");
    }
    return versions;
  }

  /** Every version has exactly one birth entry, and every birth entry has its version. */
  private void compareWithEntries(Set<Version> versions) throws SQLException {
    Map<Version, Integer> births = new HashMap<>();
    each(
        "SELECT resource_type, resource_id, version, action FROM sillok_entry WHERE kind = 'resource' AND action <> 'relabel'",
        row -> {
          Version version = new Version(row.getString(1), row.getString(2), row.getLong(3));
          births.merge(version, 1, Integer::sum);
          if (!Set.of("create", "update", "delete").contains(row.getString(4))) {
            problems.add("an entry with action " + row.getString(4) + " for " + version);
          }
        });
    births.forEach(
        (version, count) -> {
          if (count != 1) {
            problems.add(count + " birth entries for " + version);
          }
          if (!versions.contains(version)) {
            problems.add("a birth entry without a version: " + version);
          }
        });
    for (Version version : versions) {
      if (!births.containsKey(version)) {
        problems.add("a version without a birth entry: " + version);
      }
    }
  }

  private TreeMap<Long, Hash> checkpoints() throws SQLException {
    TreeMap<Long, Hash> checkpoints = new TreeMap<>();
    each(
        "SELECT tree_size, root, note FROM sillok_checkpoint",
        row -> {
          Head head = new Head(row.getLong(1), Hash.of(row.getBytes(2)));
          checkpoints.put(head.size(), head.root());
          if (!Head.ofCheckpoint(row.getString(3)).equals(head)) {
            problems.add(
                "the checkpoint of size "
                    + head.size()
                    + " says another size or root than its row");
          }
        });
    return checkpoints;
  }

  /** Builds the tree anew from the entries alone, and compares it with each head on the way. */
  private RootBuilder rebuild(TreeMap<Long, List<Hash>> heads) throws SQLException {
    RootBuilder builder = new RootBuilder();
    compare(builder, heads);
    Map<String, Long> last = new HashMap<>();
    each(
        "SELECT leaf_index, entry, resource_type, resource_id, version FROM sillok_entry WHERE leaf_index IS NOT NULL"
            + " ORDER BY log, leaf_index",
        row -> {
          if (row.getLong(1) != builder.size()) {
            problems.add("leaf " + builder.size() + " expected, the next one is " + row.getLong(1));
          }
          builder.add(row.getString(2).getBytes(StandardCharsets.UTF_8));
          compare(builder, heads);
          long version = row.getLong(5);
          Long before =
              row.wasNull() ? null : last.put(row.getString(3) + "/" + row.getString(4), version);
          if (before != null && before > version) {
            problems.add(
                "the leaves of " + row.getString(3) + "/" + row.getString(4) + " are out of order");
          }
        });
    heads
        .tailMap(builder.size(), false)
        .keySet()
        .forEach(size -> problems.add("a head of size " + size + ", but fewer leaves"));
    long size =
        number("SELECT tree_size FROM sillok_log ORDER BY log DESC FETCH FIRST 1 ROWS ONLY");
    if (size != builder.size()) {
      problems.add("the log says " + size + " leaves, there are " + builder.size());
    }
    return builder;
  }

  private void compare(RootBuilder builder, TreeMap<Long, List<Hash>> heads) {
    List<Hash> roots = heads.get(builder.size());
    if (roots == null) {
      return;
    }
    Hash rebuilt = builder.root();
    for (Hash root : roots) {
      if (!root.equals(rebuilt)) {
        problems.add(
            "the head of size "
                + builder.size()
                + " has root "
                + root
                + ", the entries give "
                + rebuilt);
      }
    }
  }

  /** The stored tiles give the rebuilt root, and prove each checkpoint consistent with it. */
  private void checkTiles(Map<Long, Hash> checkpoints, long leaves, Hash rebuilt)
      throws SQLException {
    try (PreparedStatement select =
        database.prepareStatement(
            "SELECT hashes FROM sillok_tile WHERE level = ? AND tile_index = ?")) {
      TiledTree tree = new TiledTree((level, index) -> tile(select, level, index));
      Hash root = tree.root(leaves);
      if (!root.equals(rebuilt)) {
        problems.add(
            "the tiles give root " + root + " for " + leaves + " leaves, the entries " + rebuilt);
      }
      for (Map.Entry<Long, Hash> checkpoint : checkpoints.entrySet()) {
        if (checkpoint.getKey() <= leaves) {
          checkConsistent(tree, checkpoint.getKey(), checkpoint.getValue(), leaves, rebuilt);
        }
      }
    } catch (TileException e) {
      problems.add("the tiles do not reach to " + leaves + " leaves: " + e.getMessage());
    }
  }

  private void checkConsistent(TiledTree tree, long size, Hash root, long leaves, Hash last) {
    try {
      tree.consistency(size, leaves).verify(root, last);
    } catch (ProofException e) {
      problems.add(
          "the checkpoint of size "
              + size
              + " is not consistent with "
              + leaves
              + " leaves: "
              + e.getMessage());
    }
  }

  private static byte[] tile(PreparedStatement select, int level, long index) {
    try {
      select.setInt(1, level);
      select.setLong(2, index);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getBytes(1) : new byte[0];
      }
    } catch (SQLException e) {
      throw new IllegalStateException("tile " + level + "/" + index + " cannot be read", e);
    }
  }

  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  private void each(String query, RowReader reader) throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        reader.read(rows);
      }
    }
  }

  private long number(String query) throws SQLException {
    long[] number = new long[1];
    each(query, row -> number[0] = row.getLong(1));
    return number[0];
  }
}
