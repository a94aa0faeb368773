package org.sillok.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sillok.verification.BroadMix.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.tools.TriggerAdapter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.sillok.server.TestDatabase;

/**
 * From the chair of somebody who may do everything in the database and has no key. Each
 * manipulation must be named by a full check, with its version and step and nothing else; then it
 * is undone, and nothing may be left to be named.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TamperIT {

  private static final AtomicInteger IDS = new AtomicInteger();
  private static RunningServer server;

  private boolean ended;
  private final Deque<Runnable> undo = new ArrayDeque<>();

  @BeforeAll
  static void start() {
    server = RunningServer.start(RunningServer.directory());
    for (int i = 0; i < 300; i++) {
      server.put("Basic/fill" + i, basic("fill" + i, "1")).expect(201);
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void restore() {
    undo.forEach(Runnable::run);
    if (ended) {
      return;
    }
    assertThat(check()).as("after the manipulation was undone").isEmpty();
  }

  private static String basic(String id, String code) {
    return json(
        "{'resourceType':'Basic','id':'" + id + "','code':{'coding':[{'code':'" + code + "'}]}}");
  }

  /** A resource of its own for each test, with as many versions, all anchored. */
  private String resource(int versions) {
    String id = "t" + IDS.incrementAndGet();
    for (int version = 1; version <= versions; version++) {
      server.put("Basic/" + id, basic(id, "code" + version)).expect(version == 1 ? 201 : 200);
    }
    awaitVerdict("Basic/" + id, "verified");
    return id;
  }

  private static JsonNode verify(String version) {
    return server.get(version + "/$verify").expect(200).json();
  }

  private static String part(JsonNode parameters, String name) {
    for (JsonNode parameter : parameters.path("parameter")) {
      if (parameter.path("name").asText().equals(name)) {
        return parameter.path("valueCode").asText();
      }
    }
    return "";
  }

  private static String failure(JsonNode parameters) {
    for (JsonNode parameter : parameters.path("parameter")) {
      if (parameter.path("name").asText().equals("failure")) {
        return parameter.path("part").path(0).path("valueCode").asText();
      }
    }
    return "";
  }

  private static void awaitVerdict(String version, String code) {
    for (int i = 0; i < 300; i++) {
      if (part(verify(version), "code").equals(code)) {
        return;
      }
      FullCheck.sleep();
    }
    throw new AssertionError(version + " is not " + code + " but " + verify(version));
  }

  private static void assertVerdict(String version, String code, String step) {
    JsonNode verdict = verify(version);
    assertThat(part(verdict, "code")).as(verdict.toString()).isEqualTo(code);
    assertThat(failure(verdict)).as(verdict.toString()).isEqualTo(step);
  }

  /** What a full check names: subject and step. */
  private static TreeSet<String> check() {
    return FullCheck.of(server).findings();
  }

  private void sql(String statement, Object... parameters) {
    assertThat(server.sql(statement, parameters)).as(statement).isPositive();
  }

  /** Saves the rows before they are changed, and brings them back afterwards. */
  private void save(String table, String key, Object value) {
    String copy = "saved" + IDS.incrementAndGet();
    server.sql(
        "CREATE TABLE " + copy + " AS SELECT * FROM " + table + " WHERE " + key + " = " + value);
    undo.addFirst(
        () -> {
          server.sql("DELETE FROM " + table + " WHERE " + key + " = " + value);
          server.sql("INSERT INTO " + table + " SELECT * FROM " + copy);
        });
  }

  private Object pid(String id, int version) {
    return server.value(
        "SELECT v.PID FROM HFJ_RES_VER v JOIN HFJ_RESOURCE r ON r.RES_ID = v.RES_ID"
            + " WHERE r.FHIR_ID = ? AND v.RES_VER = ?",
        id,
        version);
  }

  private Object resId(String id) {
    return server.value("SELECT RES_ID FROM HFJ_RESOURCE WHERE FHIR_ID = ?", id);
  }

  private Object entry(String id, int version) {
    return server.value(
        "SELECT id FROM sillok_entry WHERE resource_id = ? AND version = ?", id, version);
  }

  private Object versionRow(String id, int version) {
    Object pid = pid(id, version);
    save("HFJ_RES_VER", "PID", pid);
    return pid;
  }

  private Object entryRow(String id, int version) {
    Object entry = entry(id, version);
    save("sillok_entry", "id", entry);
    return entry;
  }

  private Object resourceRow(String id) {
    Object resId = resId(id);
    String copy = "saved" + IDS.incrementAndGet();
    server.sql(
        "CREATE TABLE "
            + copy
            + " AS SELECT RES_VER, RES_UPDATED, RES_DELETED_AT, HAS_TAGS"
            + " FROM HFJ_RESOURCE WHERE RES_ID = "
            + resId);
    undo.addFirst(
        () ->
            server.sql(
                "UPDATE HFJ_RESOURCE SET (RES_VER, RES_UPDATED, RES_DELETED_AT, HAS_TAGS) ="
                    + " (SELECT RES_VER, RES_UPDATED, RES_DELETED_AT, HAS_TAGS FROM "
                    + copy
                    + ") WHERE RES_ID = "
                    + resId));
    return resId;
  }

  private static String version(String id, int version) {
    return "Basic/" + id + "/_history/" + version;
  }

  @Test
  void editedText() {
    String id = resource(2);
    Object pid = versionRow(id, 1);
    sql(
        "UPDATE HFJ_RES_VER SET RES_TEXT_VC = REPLACE(RES_TEXT_VC, 'code1', 'code9') WHERE PID = ?",
        pid);
    assertVerdict(version(id, 1), "altered", "content");
    assertVerdict(version(id, 2), "verified", "");
    assertThat(check()).containsExactly(version(id, 1) + " content");
  }

  @Test
  void addedLabel() {
    String id = resource(2);
    Object pid = versionRow(id, 2);
    Object resId = resourceRow(id);
    server
        .put(
            "Patient/label" + id,
            json(
                "{'resourceType':'Patient','id':'label"
                    + id
                    + "','meta':{'security':[{'system':'http://s','code':'R'}]}}"))
        .expect(201);
    awaitVerdict("Patient/label" + id, "verified");
    Object tag = server.value("SELECT MAX(TAG_ID) FROM HFJ_TAG_DEF WHERE TAG_SYSTEM = 'http://s'");
    sql(
        "INSERT INTO HFJ_HISTORY_TAG (PID, RES_VER_PID, RES_ID, RES_TYPE, TAG_ID) VALUES (?, ?, ?, 'Basic', ?)",
        900000L + IDS.get(),
        pid,
        resId,
        tag);
    undo.addFirst(() -> server.sql("DELETE FROM HFJ_HISTORY_TAG WHERE RES_VER_PID = ?", pid));
    assertThat(check()).as("a row that HAPI does not look at").isEmpty();
    sql("UPDATE HFJ_RES_VER SET HAS_TAGS = TRUE WHERE PID = ?", pid);
    assertVerdict(version(id, 2), "altered", "content");
    assertThat(check()).containsExactly(version(id, 2) + " content");
  }

  @Test
  void labelThatOnlyAReadOfTheResourceShows() {
    String id = resource(1);
    server
        .put(
            "Patient/label" + id,
            json(
                "{'resourceType':'Patient','id':'label"
                    + id
                    + "','meta':{'security':[{'system':'http://s','code':'R'}]}}"))
        .expect(201);
    awaitVerdict("Patient/label" + id, "verified");
    Object resId = resourceRow(id);
    Object tag = server.value("SELECT MAX(TAG_ID) FROM HFJ_TAG_DEF WHERE TAG_SYSTEM = 'http://s'");
    sql(
        "INSERT INTO HFJ_RES_TAG (PID, RES_ID, RES_TYPE, TAG_ID) VALUES (?, ?, 'Basic', ?)",
        900000L + IDS.get(),
        resId,
        tag);
    undo.addFirst(() -> server.sql("DELETE FROM HFJ_RES_TAG WHERE RES_ID = ?", resId));
    sql("UPDATE HFJ_RESOURCE SET HAS_TAGS = TRUE WHERE RES_ID = ?", resId);
    assertVerdict("Basic/" + id, "altered", "current-version");
    assertThat(check()).containsExactly(version(id, 1) + " current-version");
  }

  @Test
  void editedLabelDefinition() {
    server
        .put(
            "Patient/shared",
            json(
                "{'resourceType':'Patient','id':'shared','meta':{'tag':[{'system':'http://only','code':'here'}]}}"))
        .expect(201);
    awaitVerdict("Patient/shared", "verified");
    sql("UPDATE HFJ_TAG_DEF SET TAG_CODE = 'there' WHERE TAG_SYSTEM = 'http://only'");
    undo.addFirst(
        () ->
            server.sql(
                "UPDATE HFJ_TAG_DEF SET TAG_CODE = 'here' WHERE TAG_SYSTEM = 'http://only'"));
    assertVerdict("Patient/shared", "altered", "content");
    assertThat(check()).containsExactly("Patient/shared/_history/1 content");
  }

  @Test
  void labelWrittenIntoTheText() {
    String id = resource(2);
    Object pid = versionRow(id, 2);
    sql(
        "UPDATE HFJ_RES_VER SET RES_TEXT_VC = '{\"meta\":{\"security\":[{\"system\":\"http://s\",\"code\":\"R\"}]},'"
            + " || SUBSTRING(RES_TEXT_VC, 2) WHERE PID = ?",
        pid);
    assertThat(server.get("Basic/" + id).expect(200).body())
        .as("what a read shows")
        .contains("http://s");
    assertVerdict("Basic/" + id, "altered", "content");
    assertThat(check()).containsExactly(version(id, 2) + " content");
  }

  @Test
  void labelDefinitionWithoutCode() {
    for (String labels :
        new String[] {
          "'tag':[{'system':'http://gone','code':'here'}]", "'profile':['http://gone/p']"
        }) {
      server
          .put(
              "Patient/gone" + IDS.incrementAndGet(),
              json(
                  "{'resourceType':'Patient','id':'gone"
                      + IDS.get()
                      + "','meta':{"
                      + labels
                      + "}}"))
          .expect(201);
      awaitVerdict("Patient/gone" + IDS.get(), "verified");
      String subject = "Patient/gone" + IDS.get() + "/_history/1";
      Object tag = server.value("SELECT MAX(TAG_ID) FROM HFJ_TAG_DEF");
      Object code = server.value("SELECT TAG_CODE FROM HFJ_TAG_DEF WHERE TAG_ID = ?", tag);
      undo.addFirst(
          () -> server.sql("UPDATE HFJ_TAG_DEF SET TAG_CODE = ? WHERE TAG_ID = ?", code, tag));
      sql("UPDATE HFJ_TAG_DEF SET TAG_CODE = NULL WHERE TAG_ID = ?", tag);
      assertThat(check()).containsExactly(subject + " content");
      undo.removeFirst().run();
    }
  }

  @Test
  void secondRowOfOneVersion() {
    String id = resource(1);
    Object pid = pid(id, 1);
    String copy = "twin" + IDS.incrementAndGet();
    String constraint =
        String.valueOf(
            server.value(
                "SELECT CONSTRAINT_NAME FROM INFORMATION_SCHEMA.TABLE_CONSTRAINTS"
                    + " WHERE UPPER(TABLE_NAME) = 'HFJ_RES_VER' AND CONSTRAINT_TYPE = 'UNIQUE'"));
    server.sql("ALTER TABLE HFJ_RES_VER DROP CONSTRAINT " + constraint);
    server.sql("CREATE TABLE " + copy + " AS SELECT * FROM HFJ_RES_VER WHERE PID = ?", pid);
    sql("UPDATE " + copy + " SET PID = 990000");
    sql("INSERT INTO HFJ_RES_VER SELECT * FROM " + copy);
    undo.addFirst(
        () -> {
          server.sql("DELETE FROM HFJ_RES_VER WHERE PID = 990000");
          server.sql(
              "ALTER TABLE HFJ_RES_VER ADD CONSTRAINT " + constraint + " UNIQUE (RES_ID, RES_VER)");
        });
    assertVerdict("Basic/" + id, "altered", "stored-version");
    assertThat(check()).containsExactly(version(id, 1) + " stored-version");
  }

  @Test
  void resourcePointedBackBehindAForgedExpunging() {
    String id = resource(2);
    sql("UPDATE HFJ_RESOURCE SET RES_VER = 1 WHERE RES_ID = ?", resourceRow(id));
    entryRow(id, 2);
    Object last = server.value("SELECT MAX(id) FROM sillok_entry");
    sql(
        "INSERT INTO sillok_entry (kind, action, resource_type, resource_id, version, entry, nonce, mac, log)"
            + " SELECT kind, 'expunge', resource_type, resource_id, version, entry, NULL, mac, 0"
            + " FROM sillok_entry WHERE id = ?",
        entry(id, 2));
    undo.addFirst(() -> server.sql("DELETE FROM sillok_entry WHERE id > ? AND log = 0", last));
    assertVerdict("Basic/" + id, "altered", "current-version");
    sql("UPDATE sillok_entry SET nonce = NULL WHERE resource_id = ? AND version = 2", id);
    assertVerdict("Basic/" + id, "altered", "current-version");
    assertThat(check()).contains(version(id, 2) + " entry-mac");
  }

  @Test
  void tileOfTheRightEdgeThatIsGoneIsMadeAgainAndTold() {
    String id = resource(1);
    sql(
        "DELETE FROM sillok_tile WHERE level = 0 AND tile_index ="
            + " (SELECT MAX(tile_index) FROM sillok_tile WHERE level = 0)");
    server.put("Basic/" + id, basic(id, "next")).expect(200);
    awaitVerdict(version(id, 2), "verified");
    assertThat(
            server.value(
                "SELECT detail FROM sillok_finding WHERE step = 'inclusion' AND subject = 'log 1 tiles'"))
        .asString()
        .contains("1 tiles were made again from the entries");
    assertThat(health()).isEqualTo("DOWN");
  }

  @Test
  void deletedOlderCheckpoint() {
    resource(1);
    resource(1);
    Object size = server.value("SELECT MIN(tree_size) FROM sillok_checkpoint");
    save("sillok_checkpoint", "tree_size", size);
    sql("DELETE FROM sillok_checkpoint WHERE tree_size = ?", size);
    assertThat(check()).containsExactly("log 1 checkpoint " + size + " checkpoint");
  }

  @Test
  void checkpointWithoutARoot() {
    resource(1);
    Object size = server.value("SELECT MIN(tree_size) FROM sillok_checkpoint");
    save("sillok_checkpoint", "tree_size", size);
    sql("UPDATE sillok_checkpoint SET root = ? WHERE tree_size = ?", new byte[1], size);
    assertThat(check()).containsExactly("log 1 checkpoint " + size + " checkpoint");
  }

  @Test
  void sweepThatIsSwitchedOffInTheDatabase() {
    reviewAll();
    assertThat(health()).isEqualTo("UP");
    save("sillok_sweep", "id", "'background'");
    Runnable restore = undo.getFirst();
    sql(
        "UPDATE sillok_sweep SET owner = 'x', lease_until = TIMESTAMP WITH TIME ZONE '2999-01-01 00:00:00+00' WHERE id = 'background'");
    assertThat(health()).isEqualTo("DOWN");
    restore.run();
    sql(
        "UPDATE sillok_sweep SET state = 'done', finished_at = TIMESTAMP WITH TIME ZONE '2999-01-01 00:00:00+00' WHERE id = 'background'");
    assertThat(health()).isEqualTo("DOWN");
    restore.run();
    assertThat(health()).isEqualTo("UP");
    sql("UPDATE sillok_sweep SET phase = 'none' WHERE id = 'background'");
    assertThat(health()).isEqualTo("DOWN");
    sql("DELETE FROM sillok_sweep WHERE id = 'background'");
    assertThat(health()).isEqualTo("DOWN");
  }

  @Test
  void deletedVersion() {
    String id = resource(3);
    sql("DELETE FROM HFJ_RES_VER WHERE PID = ?", versionRow(id, 2));
    assertVerdict(version(id, 2), "missing", "stored-version");
    assertThat(check()).containsExactly(version(id, 2) + " stored-version");
  }

  @Test
  void deletedNewestVersion() {
    String id = resource(2);
    Object pid = versionRow(id, 2);
    Object resId = resourceRow(id);
    sql("DELETE FROM HFJ_RES_VER WHERE PID = ?", pid);
    sql("UPDATE HFJ_RESOURCE SET RES_VER = 1 WHERE RES_ID = ?", resId);
    assertVerdict("Basic/" + id, "altered", "current-version");
    assertThat(check()).containsExactly(version(id, 2) + " stored-version");
  }

  @Test
  void insertedVersionWithAPlausibleEntry() {
    String id = resource(1);
    insertVersion(id, 2);
    sql(
        "INSERT INTO sillok_entry (kind, action, resource_type, resource_id, version, entry, nonce, mac)"
            + " SELECT kind, 'update', resource_type, resource_id, 2, REPLACE(REPLACE(entry, '\"version\":\"1\"', '\"version\":\"2\"'), '\"create\"', '\"update\"'), nonce, mac"
            + " FROM sillok_entry WHERE id = ?",
        entry(id, 1));
    undo.addFirst(
        () -> server.sql("DELETE FROM sillok_entry WHERE resource_id = ? AND version = 2", id));
    awaitVerdict("Basic/" + id, "altered");
    assertVerdict("Basic/" + id, "altered", "entry-mac");
    assertThat(check()).containsExactly(version(id, 2) + " entry-mac");
  }

  private void insertVersion(String id, int version) {
    Object resId = resourceRow(id);
    long newPid = 800000L + IDS.incrementAndGet();
    server.sql(
        "CREATE TABLE forged" + newPid + " AS SELECT * FROM HFJ_RES_VER WHERE PID = ?", pid(id, 1));
    sql("UPDATE forged" + newPid + " SET PID = ?, RES_VER = ?", newPid, version);
    sql("INSERT INTO HFJ_RES_VER SELECT * FROM forged" + newPid);
    undo.addFirst(() -> server.sql("DELETE FROM HFJ_RES_VER WHERE PID = ?", newPid));
    sql("UPDATE HFJ_RESOURCE SET RES_VER = ? WHERE RES_ID = ?", version, resId);
  }

  @Test
  void ghostEntry() {
    String id = resource(1);
    sql(
        "INSERT INTO sillok_entry (kind, action, resource_type, resource_id, version, entry, nonce, mac)"
            + " SELECT kind, action, resource_type, 'ghost', 1, REPLACE(entry, ?, 'ghost'), nonce, mac FROM sillok_entry WHERE id = ?",
        id,
        entry(id, 1));
    undo.addFirst(() -> server.sql("DELETE FROM sillok_entry WHERE resource_id = 'ghost'"));
    assertVerdict(version("ghost", 1), "altered", "entry-mac");
    assertThat(check()).containsExactly(version("ghost", 1) + " entry-mac");
  }

  @Test
  void rowsWithKeysBelowZero() {
    String id = resource(1);
    Object pid = pid(id, 1);
    save("HFJ_RES_VER", "RES_ID", resId(id));
    sql(
        "UPDATE HFJ_RES_VER SET PID = ?, RES_TEXT_VC = REPLACE(RES_TEXT_VC, 'code1', 'code9')"
            + " WHERE PID = ?",
        -7,
        pid);
    Object entry = entryRow("fill1", 1);
    undo.addFirst(() -> server.sql("DELETE FROM sillok_entry WHERE id = ?", -7));
    sql("UPDATE sillok_entry SET id = ?, nonce = mac WHERE id = ?", -7, entry);
    assertThat(check()).contains(version(id, 1) + " content", version("fill1", 1) + " entry-mac");
  }

  @Test
  void editedEntry() {
    String id = resource(2);
    sql(
        "UPDATE sillok_entry SET entry = REPLACE(entry, 'anonymous', 'dr.house') WHERE id = ?",
        entryRow(id, 1));
    assertVerdict(version(id, 1), "altered", "entry-mac");
    assertThat(check()).containsExactly(version(id, 1) + " entry-mac");
  }

  @Test
  void editedNonce() {
    String id = resource(1);
    sql("UPDATE sillok_entry SET nonce = ? WHERE id = ?", new byte[32], entryRow(id, 1));
    assertVerdict(version(id, 1), "altered", "entry-mac");
    assertThat(check()).containsExactly(version(id, 1) + " entry-mac");
  }

  @Test
  void swappedLeafIndexes() {
    String first = resource(1);
    String second = resource(1);
    Object a = entryRow(first, 1);
    Object b = entryRow(second, 1);
    Object indexOfA = server.value("SELECT leaf_index FROM sillok_entry WHERE id = ?", a);
    sql(
        "UPDATE sillok_entry SET leaf_index = (SELECT leaf_index FROM sillok_entry WHERE id = ?) WHERE id = ?",
        b,
        a);
    sql("UPDATE sillok_entry SET leaf_index = ? WHERE id = ?", indexOfA, b);
    assertVerdict(version(first, 1), "altered", "leaf");
    assertThat(check()).containsExactly(version(first, 1) + " leaf", version(second, 1) + " leaf");
  }

  @Test
  void editedLookupColumns() {
    String id = resource(2);
    sql("UPDATE sillok_entry SET version = 7 WHERE id = ?", entryRow(id, 1));
    assertVerdict(version(id, 1), "missing", "birth-entry");
    assertThat(check())
        .contains(version(id, 1) + " entry-columns")
        .allMatch(named -> named.contains(id));
  }

  @Test
  void editedKindColumn() {
    String id = resource(1);
    sql("UPDATE sillok_entry SET kind = 'access', action = 'access' WHERE id = ?", entryRow(id, 1));
    assertThat(check()).containsExactly(version(id, 1) + " entry-columns");
  }

  @Test
  void duplicatedEntry() {
    String id = resource(1);
    sql(
        "INSERT INTO sillok_entry (kind, action, resource_type, resource_id, version, entry, nonce, mac, log, leaf_index)"
            + " SELECT kind, action, resource_type, resource_id, version, entry, nonce, mac, log, leaf_index FROM sillok_entry WHERE id = ?",
        entry(id, 1));
    undo.addFirst(
        () ->
            server.sql(
                "DELETE FROM sillok_entry WHERE id = (SELECT MAX(id) FROM sillok_entry WHERE resource_id = ?)",
                id));
    assertVerdict(version(id, 1), "altered", "birth-entry");
    assertThat(check())
        .contains(version(id, 1) + " birth-entry")
        .hasSize(2)
        .anyMatch(named -> named.endsWith(" leaf"));
  }

  @Test
  void entryTakenOutOfTheLog() {
    String id = resource(1);
    Object entry = entryRow(id, 1);
    sql("UPDATE sillok_entry SET log = 0, leaf_index = NULL WHERE id = ?", entry);
    assertVerdict(version(id, 1), "altered", "leaf");
    assertThat(check()).contains(version(id, 1) + " leaf").hasSize(2);
  }

  @Test
  void editedLeafTile() {
    String id = resource(1);
    Object entry = entry(id, 1);
    long index =
        ((Number) server.value("SELECT leaf_index FROM sillok_entry WHERE id = ?", entry))
            .longValue();
    flip(
        "sillok_tile",
        "hashes",
        "level = 0 AND tile_index = " + index / 256,
        (int) (index % 256) * 32);
    assertVerdict(version(id, 1), "altered", "leaf");
    assertThat(check()).containsExactly(version(id, 1) + " leaf");
  }

  @Test
  void editedUpperTile() {
    resource(1);
    flip("sillok_tile", "hashes", "level = 1 AND tile_index = 0", 5);
    assertThat(check()).containsExactly("log 1 tile over leaf 0 inclusion");
  }

  private void flip(String table, String column, String where, int at) {
    byte[] bytes = (byte[]) server.value("SELECT " + column + " FROM " + table + " WHERE " + where);
    byte[] changed = bytes.clone();
    changed[at] ^= 1;
    sql("UPDATE " + table + " SET " + column + " = ? WHERE " + where, changed);
    undo.addFirst(
        () -> server.sql("UPDATE " + table + " SET " + column + " = ? WHERE " + where, bytes));
  }

  @Test
  void editedCheckpointRoot() {
    String id = resource(1);
    Object size = server.value("SELECT MAX(tree_size) FROM sillok_checkpoint");
    flip("sillok_checkpoint", "root", "tree_size = " + size, 3);
    assertVerdict(version(id, 1), "altered", "checkpoint");
    assertThat(check()).containsExactly("log 1 checkpoint " + size + " checkpoint");
  }

  @Test
  void editedCheckpointNote() {
    resource(1);
    Object size = server.value("SELECT MIN(tree_size) FROM sillok_checkpoint");
    save("sillok_checkpoint", "tree_size", size);
    sql(
        "UPDATE sillok_checkpoint SET note = REPLACE(note, 'sillok', 'sollik') WHERE tree_size = ?",
        size);
    assertThat(check()).containsExactly("log 1 checkpoint " + size + " checkpoint");
  }

  @Test
  void editedReceipt() {
    String id = resource(1);
    Object size = server.value("SELECT MAX(tree_size) FROM sillok_checkpoint");
    save("sillok_checkpoint", "tree_size", size);
    sql(
        "UPDATE sillok_checkpoint SET receipt = REPLACE(receipt, '\"blockNumber\":', '\"blockNumber\":1') WHERE tree_size = ?",
        size);
    assertVerdict(version(id, 1), "altered", "ledger");
    assertThat(check()).contains("log 1 checkpoint " + size + " ledger");
  }

  @Test
  void backdatedVersion() {
    String id = resource(2);
    sql(
        "UPDATE HFJ_RES_VER SET RES_UPDATED = RES_UPDATED - INTERVAL '1' DAY WHERE PID = ?",
        versionRow(id, 1));
    assertVerdict(version(id, 1), "altered", "recorded");
    assertThat(check()).containsExactly(version(id, 1) + " recorded");
  }

  /** The number of a large object that is not there; H2 has nothing that it cannot give. */
  @Test
  @EnabledIfSystemProperty(named = "sillok.it.database", matches = "postgres")
  void versionThatTheDatabaseCannotGive() {
    String id = resource(2);
    sql(
        "UPDATE HFJ_RES_VER SET RES_TEXT_VC = NULL, RES_TEXT = 4711 WHERE PID = ?",
        versionRow(id, 1));
    assertVerdict(version(id, 2), "verified", "");
    assertThat(check()).containsExactly(version(id, 1) + " content");
  }

  @Test
  void backdatedResource() {
    String id = resource(2);
    sql(
        "UPDATE HFJ_RESOURCE SET RES_UPDATED = RES_UPDATED - INTERVAL '1' SECOND WHERE RES_ID = ?",
        resourceRow(id));
    assertVerdict("Basic/" + id, "altered", "current-version");
    assertThat(check()).containsExactly(version(id, 2) + " current-version");
  }

  @Test
  void resourcePointedBackToAnOlderVersion() {
    String id = resource(3);
    sql("UPDATE HFJ_RESOURCE SET RES_VER = 1 WHERE RES_ID = ?", resourceRow(id));
    assertVerdict("Basic/" + id, "altered", "current-version");
    assertVerdict(version(id, 2), "verified", "");
    assertThat(check()).containsExactly(version(id, 3) + " current-version");
  }

  private String deleted() {
    String id = resource(1);
    server.delete("Basic/" + id).expect(200);
    awaitVerdict(version(id, 2), "verified");
    return id;
  }

  @Test
  void undeletedResource() {
    String id = deleted();
    sql(
        "UPDATE HFJ_RESOURCE SET RES_VER = 1, RES_DELETED_AT = NULL WHERE RES_ID = ?",
        resourceRow(id));
    assertVerdict("Basic/" + id, "altered", "current-version");
    assertThat(check()).containsExactly(version(id, 2) + " current-version");
  }

  @Test
  void otherTimeOfDeletion() {
    String id = deleted();
    sql(
        "UPDATE HFJ_RESOURCE SET RES_DELETED_AT = RES_DELETED_AT - INTERVAL '1' HOUR WHERE RES_ID = ?",
        resourceRow(id));
    assertVerdict("Basic/" + id, "altered", "current-version");
    assertThat(check()).containsExactly(version(id, 2) + " current-version");
  }

  @Test
  void deletionThatBecameContent() {
    String id = deleted();
    Object pid = versionRow(id, 2);
    sql(
        "UPDATE HFJ_RES_VER SET RES_DELETED_AT = NULL, RES_ENCODING = 'JSON', RES_TEXT_VC = '{\"resourceType\":\"Basic\"}' WHERE PID = ?",
        pid);
    sql("UPDATE HFJ_RESOURCE SET RES_DELETED_AT = NULL WHERE RES_ID = ?", resourceRow(id));
    assertVerdict(version(id, 2), "altered", "resource-row");
    assertThat(check()).containsExactly(version(id, 2) + " resource-row");
  }

  @Test
  void swappedContents() {
    String id = resource(2);
    Object first = versionRow(id, 1);
    Object second = versionRow(id, 2);
    Object text = server.value("SELECT RES_TEXT_VC FROM HFJ_RES_VER WHERE PID = ?", first);
    String firstText = String.valueOf(text);
    sql(
        "UPDATE HFJ_RES_VER SET RES_TEXT_VC = (SELECT RES_TEXT_VC FROM HFJ_RES_VER WHERE PID = ?) WHERE PID = ?",
        second,
        first);
    sql("UPDATE HFJ_RES_VER SET RES_TEXT_VC = ? WHERE PID = ?", firstText, second);
    assertVerdict(version(id, 1), "altered", "content");
    assertThat(check()).containsExactly(version(id, 1) + " content", version(id, 2) + " content");
  }

  @Test
  void otherType() {
    String id = resource(2);
    sql("UPDATE HFJ_RES_VER SET RES_TYPE = 'Patient' WHERE PID = ?", versionRow(id, 1));
    assertVerdict(version(id, 1), "altered", "resource-row");
    assertThat(check()).containsExactly(version(id, 1) + " resource-row");
  }

  @Test
  void editedLedgerBlock() {
    resource(1);
    Object number = server.value("SELECT MAX(block_number) FROM sillok_ledger_block");
    save("sillok_ledger_block", "block_number", number);
    sql(
        "UPDATE sillok_ledger_block SET signed_block = REPLACE(signed_block, ':', ': ') WHERE block_number = ?",
        number);
    assertThat(check()).isNotEmpty().allMatch(named -> named.endsWith(" ledger"));
  }

  @Test
  void pendingEntryEditedBeforeItHasItsPlace() throws SQLException {
    String id = "t" + IDS.incrementAndGet();
    try (Connection connection = server.database().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.executeQuery("SELECT log FROM sillok_log FOR UPDATE").close();
      server.put("Basic/" + id, basic(id, "1")).expect(201);
      assertVerdict("Basic/" + id, "pending", "");
      sql(
          "UPDATE HFJ_RES_VER SET RES_TEXT_VC = REPLACE(RES_TEXT_VC, '1', '2') WHERE PID = ?",
          versionRow(id, 1));
      assertVerdict("Basic/" + id, "altered", "content");
      undo.removeFirst().run();
      sql(
          "UPDATE sillok_entry SET entry = REPLACE(entry, 'anonymous', 'dr.house') WHERE id = ?",
          entry(id, 1));
      assertVerdict("Basic/" + id, "altered", "entry-mac");
      connection.rollback();
    }
    assertThat(check()).containsExactly(version(id, 1) + " entry-mac");
    assertThat(server.value("SELECT log FROM sillok_entry WHERE id = ?", entry(id, 1)))
        .isIn(null, 0);
    undo.addFirst(
        () -> {
          server.sql(
              "UPDATE sillok_entry SET entry = REPLACE(entry, 'dr.house', 'anonymous'), log = NULL WHERE id = ?",
              entry(id, 1));
          awaitVerdict("Basic/" + id, "verified");
        });
  }

  private Object altered(String id, String code) {
    Object pid = versionRow(id, 1);
    edit(pid, "code1", code);
    return pid;
  }

  private void edit(Object pid, String from, String to) {
    sql(
        "UPDATE HFJ_RES_VER SET RES_TEXT_VC = REPLACE(RES_TEXT_VC, ?, ?) WHERE PID = ?",
        from,
        to,
        pid);
  }

  @Test
  void deletedAndEditedFindingsStayOpen() {
    reviewAll();
    String one = resource(2);
    String other = resource(2);
    altered(one, "code9");
    altered(other, "code9");
    assertThat(check())
        .containsExactly(version(one, 1) + " content", version(other, 1) + " content");
    assertThat(open()).hasSize(2);
    sql("DELETE FROM sillok_finding WHERE subject = ?", version(one, 1));
    sql("UPDATE sillok_finding SET detail = 'fine' WHERE subject = ?", version(other, 1));
    assertThat(health()).isEqualTo("DOWN");
    assertThat(open()).hasSize(2);
    assertThat(server.get("$findings").expect(200).body())
        .contains(version(one, 1), version(other, 1), "its row in sillok_finding is gone");
    assertThat(metric("sillok.sweep.findings.open")).isEqualTo(2);
    assertThat(check())
        .containsExactly(version(one, 1) + " content", version(other, 1) + " content");
    reviewAll();
    assertThat(health()).isEqualTo("UP");
  }

  @Test
  void triggerThatSwallowsFindings() {
    reviewAll();
    if (TestDatabase.IS_POSTGRES) {
      server.sql(
          "CREATE FUNCTION swallow() RETURNS trigger AS 'BEGIN RETURN NULL; END' LANGUAGE plpgsql");
      server.sql(
          "CREATE TRIGGER swallow BEFORE INSERT ON sillok_finding FOR EACH ROW"
              + " EXECUTE FUNCTION swallow()");
      undo.addFirst(() -> server.sql("DROP TRIGGER swallow ON sillok_finding"));
    } else {
      server.sql(
          "CREATE TRIGGER swallow AFTER INSERT ON sillok_finding FOR EACH ROW CALL '"
              + Swallow.class.getName()
              + "'");
      undo.addFirst(() -> server.sql("DROP TRIGGER swallow"));
    }
    String id = resource(2);
    altered(id, "code9");
    assertThat(check()).containsExactly(version(id, 1) + " content");
    assertThat(server.value("SELECT id FROM sillok_finding WHERE subject = ?", version(id, 1)))
        .isNull();
    assertThat(health()).isEqualTo("DOWN");
    assertThat(server.get("$findings").expect(200).body()).contains(version(id, 1));
    reviewAll();
    assertThat(health()).isEqualTo("UP");
  }

  /** Takes the row away again as soon as it is there. */
  public static final class Swallow extends TriggerAdapter {
    @Override
    public void fire(Connection connection, ResultSet before, ResultSet after) throws SQLException {
      try (Statement delete = connection.createStatement()) {
        delete.execute("DELETE FROM sillok_finding WHERE id = " + after.getLong("ID"));
      }
    }
  }

  @Test
  void whatWasReviewedAlarmsAnewWithAnotherContentOrAfterItWasPutRight() {
    reviewAll();
    String id = resource(2);
    Object pid = altered(id, "code9");
    check();
    reviewAll();
    assertThat(check()).containsExactly(version(id, 1) + " content");
    assertThat(health()).as("as it was reviewed").isEqualTo("UP");

    edit(pid, "code9", "code8");
    assertThat(check()).containsExactly(version(id, 1) + " content");
    assertThat(health()).as("another content").isEqualTo("DOWN");
    reviewAll();

    edit(pid, "code8", "code1");
    assertThat(check()).isEmpty();
    edit(pid, "code1", "code8");
    assertThat(check()).containsExactly(version(id, 1) + " content");
    assertThat(health()).as("the same again").isEqualTo("DOWN");
  }

  @Test
  void newestVersionDeletedTogetherWithItsEntry() {
    String id = resource(2);
    Object resId = resourceRow(id);
    Object entry = entryRow(id, 2);
    Object leaf = server.value("SELECT leaf_index FROM sillok_entry WHERE id = ?", entry);
    sql("DELETE FROM HFJ_RES_VER WHERE PID = ?", versionRow(id, 2));
    sql(
        "UPDATE HFJ_RESOURCE SET RES_VER = 1,"
            + " RES_UPDATED = (SELECT RES_UPDATED FROM HFJ_RES_VER WHERE PID = ?) WHERE RES_ID = ?",
        pid(id, 1),
        resId);
    sql("DELETE FROM sillok_entry WHERE id = ?", entry);
    assertVerdict("Basic/" + id, "altered", "current-version");
    assertVerdict("Basic/fill7", "altered", "current-version");
    assertThat(check()).containsExactly("log 1 leaf " + leaf + " leaf");
    assertThat(server.get("$findings").expect(200).body()).contains("the one before it tells of");
  }

  @Test
  void junkAmongTheEntriesStopsNobodyAndIsSettledByAReview() {
    reviewAll();
    String id = resource(1);
    sql(
        "INSERT INTO sillok_entry (kind, action, resource_type, resource_id, version, entry, mac)"
            + " VALUES ('x', 'x', 'Basic', 'junk', 1, '{', ?)",
        new byte[0]);
    undo.addFirst(() -> server.sql("DELETE FROM sillok_entry WHERE kind = 'x'"));
    resource(1);
    for (int i = 0; i < 100 && !health().equals("DOWN"); i++) {
      FullCheck.sleep();
    }
    assertThat(health()).as("without a walk").isEqualTo("DOWN");
    assertThat(health("sillokLog")).isEqualTo("UP");
    reviewAll();
    assertThat(health()).isEqualTo("UP");
    assertThat(check()).containsExactly(version("junk", 1) + " entry-mac");
    assertThat(health()).as("as it was reviewed").isEqualTo("UP");
    sql("UPDATE sillok_entry SET log = 0, leaf_index = NULL WHERE id = ?", entryRow(id, 1));
    assertThat(health("sillokLog")).as("one of ours").isEqualTo("DOWN");
  }

  /** The last one: what is in the log stays there. */
  @Test
  @Order(Integer.MAX_VALUE)
  void insertedVersionWithoutEntryIsLoggedOnceAndStaysFoundAlsoWhenItIsReviewed() {
    String id = resource(1);
    insertVersion(id, 2);
    assertVerdict("Basic/" + id, "missing", "birth-entry");
    reviewAll();
    reopenTheImport();
    assertThat(check())
        .contains(version(id, 2) + " birth-entry")
        .anyMatch(named -> named.endsWith(" entry-columns"));
    undo.removeFirst().run();
    assertThat(check()).containsExactly(version(id, 2) + " birth-entry");
    assertThat(
            server.value(
                "SELECT COUNT(*) FROM sillok_entry WHERE resource_id = ? AND action = 'found'", id))
        .isEqualTo(1L);
    assertVerdict("Basic/" + id, "found", "");
    assertThat(health()).isEqualTo("DOWN");
    String finding =
        String.valueOf(
            server.value("SELECT id FROM sillok_finding WHERE subject = ?", version(id, 2)));
    assertThat(server.get("$findings").expect(200).body()).contains(version(id, 2));
    review(finding, "").expect(400);
    review(finding, "x".repeat(1001)).expect(400);
    review(finding, "two\\nlines").expect(400);
    review("0", "seen").expect(400);
    review("9-7", "seen").expect(400);
    review("999999", "seen").expect(404);
    review(finding, "typed in by hand during the outage").expect(200);
    assertThat(
            server.value("SELECT entry FROM sillok_entry WHERE kind = 'review' ORDER BY id DESC"))
        .asString()
        .contains("typed in by hand during the outage", version(id, 2), "birth-entry");
    reviewAll();
    assertThat(health()).isEqualTo("UP");
    assertThat(check()).containsExactly(version(id, 2) + " birth-entry");
    assertThat(health()).isEqualTo("UP");
    assertVerdict("Basic/" + id, "found", "");
    undo.clear();
    ended = true;
  }

  /** So that what was slipped in would pass for something that was there before. */
  private void reopenTheImport() {
    Object created = server.value("SELECT created_at FROM sillok_log");
    Object closed = server.value("SELECT id FROM sillok_entry WHERE kind = 'import-closed'");
    sql("UPDATE sillok_entry SET kind = 'access', action = 'access' WHERE id = ?", closed);
    sql("UPDATE sillok_log SET created_at = TIMESTAMP WITH TIME ZONE '2999-01-01 00:00:00+00'");
    undo.addFirst(
        () -> {
          server.sql(
              "UPDATE sillok_entry SET kind = 'import-closed', action = 'import-closed' WHERE id = ?",
              closed);
          server.sql("UPDATE sillok_log SET created_at = ?", created);
        });
  }

  private static List<String> open() {
    List<String> ids = new ArrayList<>();
    for (JsonNode parameter : server.get("$findings").expect(200).json().path("parameter")) {
      if (parameter.path("name").asText().equals("finding")) {
        ids.add(parameter.path("part").path(0).path("valueString").asText());
      }
    }
    return ids;
  }

  /** What the tests before have left, or this one. */
  private static void reviewAll() {
    List<String> open = open();
    if (!open.isEmpty()) {
      review(open.get(0) + "-" + open.get(open.size() - 1), "a test").expect(200);
    }
    assertThat(open()).isEmpty();
  }

  private static double metric(String name) {
    return server
        .send(server.request("/actuator/metrics/" + name))
        .json()
        .path("measurements")
        .path(0)
        .path("value")
        .asDouble();
  }

  private static String health() {
    return health("sillokSweep");
  }

  private static String health(String component) {
    return server
        .send(server.request("/actuator/health/" + component))
        .json()
        .path("status")
        .asText();
  }

  private static RunningServer.Answer review(String finding, String reason) {
    return server.post(
        "$review",
        json(
            "{'resourceType':'Parameters','parameter':[{'name':'finding','valueString':'"
                + finding
                + "'},{'name':'reason','valueString':'"
                + (reason.isEmpty() ? " " : reason)
                + "'}]}"));
  }
}
