package org.sillok.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.sillok.log.LogFixture.number;
import static org.sillok.log.LogFixture.rows;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.sillok.merkle.Hash;
import org.sillok.merkle.Rfc6962;
import org.sillok.merkle.TiledTree;

/** Rebuilds the tree from the entries in the plainest way and compares all that is stored. */
final class LogCheck {

  private LogCheck() {}

  /** Log 1 has exactly {@code size} leaves, nothing waits, and entries, tiles and size agree. */
  static void wholeLog(DataSource database, long size) {
    assertThat(number(database, "SELECT COUNT(*) FROM sillok_entry WHERE log IS NULL")).isZero();
    prefix(database, size);
  }

  /** As {@link #wholeLog}, whatever waits. */
  static void prefix(DataSource database, long size) {
    assertThat(number(database, "SELECT tree_size FROM sillok_log WHERE log = 1")).isEqualTo(size);
    List<Hash> level = new ArrayList<>();
    for (List<Object> row :
        rows(
            database,
            "SELECT leaf_index, entry FROM sillok_entry WHERE log = 1 ORDER BY leaf_index")) {
      assertThat(row.get(0)).as("place").isEqualTo((long) level.size());
      level.add(Rfc6962.leaf(((String) row.get(1)).getBytes(UTF_8)));
    }
    assertThat(level).hasSize((int) size);
    Hash root = mth(level);
    int tiles = 0;
    for (int height = 0; !level.isEmpty(); height++) {
      for (int tile = 0; tile * 256 < level.size(); tile++) {
        List<Hash> want = level.subList(tile * 256, Math.min(level.size(), tile * 256 + 256));
        assertThat(bytes(database, height, tile)).as("tile %d/%d", height, tile).isEqualTo(want);
        tiles++;
      }
      List<Hash> above = new ArrayList<>();
      for (int first = 0; first + 256 <= level.size(); first += 256) {
        above.add(mth(level.subList(first, first + 256)));
      }
      level = above;
    }
    assertThat(number(database, "SELECT COUNT(*) FROM sillok_tile")).isEqualTo(tiles);
    try (Connection connection = database.getConnection()) {
      assertThat(new TiledTree(new TileTable(connection, 1)).root(size)).isEqualTo(root);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Hash> bytes(DataSource database, int level, int index) {
    byte[] hashes =
        (byte[])
            rows(
                    database,
                    "SELECT hashes FROM sillok_tile WHERE log = 1 AND level = %d AND tile_index = %d"
                        .formatted(level, index))
                .get(0)
                .get(0);
    List<Hash> list = new ArrayList<>();
    for (int offset = 0; offset < hashes.length; offset += Hash.SIZE) {
      list.add(Hash.at(hashes, offset));
    }
    return list;
  }

  /** RFC 6962 §2.1, word for word. */
  private static Hash mth(List<Hash> leaves) {
    if (leaves.isEmpty()) {
      return Rfc6962.EMPTY;
    }
    if (leaves.size() == 1) {
      return leaves.get(0);
    }
    int split = Integer.highestOneBit(leaves.size() - 1);
    return Rfc6962.node(mth(leaves.subList(0, split)), mth(leaves.subList(split, leaves.size())));
  }
}
