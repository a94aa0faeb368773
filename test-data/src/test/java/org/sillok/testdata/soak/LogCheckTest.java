package org.sillok.testdata.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sillok.merkle.Hash;
import org.sillok.merkle.Rfc6962;
import org.sillok.merkle.RootBuilder;
import org.sillok.merkle.Tile;
import org.sillok.merkle.TreeAppender;

class LogCheckTest {

  private static final int LEAVES = 600;
  private static final List<Integer> CHECKPOINTS = List.of(1, 255, 256, 400, LEAVES);

  private Connection database;

  @BeforeEach
  void fillADatabaseInWhichAllIsWell() throws SQLException, IOException {
    database = DriverManager.getConnection("jdbc:h2:mem:");
    run(schema());
    run(
        "CREATE TABLE hfj_resource (res_id BIGINT PRIMARY KEY, res_type VARCHAR(40), fhir_id VARCHAR(64))");
    run("CREATE TABLE hfj_res_ver (res_id BIGINT, res_type VARCHAR(40), res_ver BIGINT)");
    run(
        "INSERT INTO sillok_log (log, format, origin, vkey, mac_key_id, tree_size, created_at)"
            + " VALUES (1, 'f', 'o', 'v', 'm', 600, CURRENT_TIMESTAMP)");
    RootBuilder builder = new RootBuilder();
    List<Hash> leaves = new ArrayList<>();
    for (int i = 0; i < LEAVES; i++) {
      addVersion(i);
      addEntry(i, i);
      leaves.add(Rfc6962.leaf(text(i).getBytes(StandardCharsets.UTF_8)));
      builder.add(leaves.get(i));
      if (CHECKPOINTS.contains(i + 1)) {
        addCheckpoint(i + 1, builder.root());
      }
    }
    for (Tile tile : new TreeAppender((level, index) -> new byte[0], 0).append(leaves)) {
      insert(
          "INSERT INTO sillok_tile VALUES (1, ?, ?, ?)",
          tile.level(),
          tile.index(),
          tile.toBytes());
    }
  }

  @AfterEach
  void close() throws SQLException {
    database.close();
  }

  @Test
  void findsNothingWhereAllIsWell() throws SQLException {
    LogCheck.Result result = LogCheck.of(database, Set.of(version(0), version(599)), List.of());
    assertThat(result).isEqualTo(new LogCheck.Result(600, 600, 0, 5, List.of()));
  }

  @Test
  void countsWhatWaitsForItsPlace() throws SQLException {
    addVersion(600);
    addEntry(600, null);
    LogCheck.Result result = LogCheck.of(database, Set.of(), List.of());
    assertThat(result).isEqualTo(new LogCheck.Result(601, 600, 1, 5, List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DELETE FROM hfj_res_ver WHERE res_id = 17 | a birth entry without a version: Observation/17/_history/1",
        "INSERT INTO hfj_res_ver VALUES (17, 'Observation', 2) | a version without a birth entry: Observation/17/_history/2",
        "INSERT INTO hfj_res_ver VALUES (17, 'Observation', 1) | 601 rows of versions, but 600 versions",
        "DELETE FROM sillok_entry WHERE leaf_index = 17 | a version without a birth entry: Observation/17/_history/1",
        "DELETE FROM sillok_entry WHERE leaf_index = 17 | leaf 17 expected, the next one is 18",
        "UPDATE sillok_entry SET resource_id = '18' WHERE leaf_index = 17 | 2 birth entries for Observation/18/_history/1",
        "UPDATE sillok_entry SET action = 'found' WHERE leaf_index = 17 | an entry with action found",
        "UPDATE sillok_entry SET entry = 'x' WHERE leaf_index = 17 | the head of size 600 has root",
        "UPDATE sillok_entry SET leaf_index = 16 WHERE leaf_index = 17 | leaf 17 expected, the next one is 16",
        "UPDATE sillok_entry SET log = 0, leaf_index = NULL WHERE leaf_index = 599 | set aside",
        "UPDATE sillok_log SET tree_size = 599 | the log says 599 leaves, there are 600",
        "DELETE FROM sillok_tile WHERE level = 0 AND tile_index = 1 | the tiles do not reach to 600 leaves",
        "UPDATE sillok_tile SET hashes = (SELECT hashes FROM sillok_tile WHERE level = 0 AND tile_index = 0)"
            + " WHERE level = 0 AND tile_index = 1 | is not consistent",
        "UPDATE sillok_tile SET hashes = (SELECT hashes FROM sillok_tile WHERE level = 0 AND tile_index = 0)"
            + " WHERE level = 1 | the tiles give root",
        "UPDATE sillok_checkpoint SET root = (SELECT root FROM sillok_checkpoint WHERE tree_size = 255)"
            + " WHERE tree_size = 256 | the checkpoint of size 256 is not consistent with 600 leaves",
        "UPDATE sillok_checkpoint SET tree_size = 601 WHERE tree_size = 600 | a head of size 601, but fewer leaves"
      })
  void findsWhatIsWrong(String manipulation, String problem) throws SQLException {
    run(manipulation);
    assertThat(LogCheck.of(database, Set.of(), List.of()).problems())
        .anySatisfy(found -> assertThat(found).contains(problem));
  }

  @Test
  void findsAnAcknowledgedVersionThatIsGone() throws SQLException {
    assertThat(LogCheck.of(database, Set.of(version(600)), List.of()).problems())
        .containsExactly(
            "acknowledged to a client, but not in the database: Observation/600/_history/1");
  }

  @Test
  void findsAForkBehindAHeadThatWasSeen() throws SQLException {
    assertThat(LogCheck.of(database, Set.of(), List.of(new Head(300, Rfc6962.EMPTY))).problems())
        .singleElement()
        .asString()
        .startsWith("the head of size 300 has root");
  }

  @Test
  void findsThatTheLogFellBehindAHeadThatWasSeen() throws SQLException {
    assertThat(LogCheck.of(database, Set.of(), List.of(new Head(601, Rfc6962.EMPTY))).problems())
        .containsExactly("a head of size 601, but fewer leaves");
  }

  private static Version version(int i) {
    return new Version("Observation", "" + i, 1);
  }

  private static String text(int i) {
    return "{\"n\":" + i + "}";
  }

  private void addVersion(int i) throws SQLException {
    insert("INSERT INTO hfj_resource VALUES (?, 'Observation', ?)", i, "" + i);
    insert("INSERT INTO hfj_res_ver VALUES (?, 'Observation', 1)", i);
  }

  private void addEntry(int i, Integer place) throws SQLException {
    insert(
        "INSERT INTO sillok_entry (kind, action, resource_type, resource_id, version, entry, mac, log, leaf_index)"
            + " VALUES ('resource', 'create', 'Observation', ?, 1, ?, ?, ?, ?)",
        "" + i,
        text(i),
        new byte[0],
        place == null ? null : 1,
        place);
  }

  private void addCheckpoint(int size, Hash root) throws SQLException {
    String note =
        "o\n"
            + size
            + "\n"
            + Base64.getEncoder().encodeToString(root.toBytes())
            + "\n\n— signature\n";
    insert(
        "INSERT INTO sillok_checkpoint (log, tree_size, root, note, signed_at) VALUES (1, ?, ?, ?, CURRENT_TIMESTAMP)",
        size,
        root.toBytes(),
        note);
  }

  private void insert(String statement, Object... values) throws SQLException {
    try (PreparedStatement insert = database.prepareStatement(statement)) {
      for (int i = 0; i < values.length; i++) {
        insert.setObject(i + 1, values[i]);
      }
      insert.executeUpdate();
    }
  }

  private void run(String script) throws SQLException {
    try (var statement = database.createStatement()) {
      statement.execute(script);
    }
  }

  private static String schema() throws IOException {
    try (InputStream script =
        Hash.class.getResourceAsStream("/org/sillok/schema/V1__provenance_log.sql")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
