package org.sillok.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.ContextConfiguration;

/**
 * One server for all integration tests that can share it; each test uses resource ids of its own.
 */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "sillok.it.name=shared",
      "sillok.provenance.enabled=false",
      "hapi.fhir.allow_multiple_delete=true",
      "hapi.fhir.allow_cascading_deletes=true",
      "hapi.fhir.binary_storage_enabled=true",
      "hapi.fhir.binary_storage_minimum_binary_size=2000",
      "hapi.fhir.bulk_import_enabled=true",
      "hapi.fhir.subscription.resthook_enabled=true"
    })
@ContextConfiguration(initializers = RunningServer.OwnDatabase.class)
abstract class RunningServer {

  /** Gives each context that has a {@code sillok.it.name} of its own a database and keys. */
  static final class OwnDatabase
      implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
      String name = context.getEnvironment().getRequiredProperty("sillok.it.name");
      Map<String, Object> own =
          new HashMap<>(
              TestDatabase.properties(name, "jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1"));
      own.put("sillok.data-directory", keys(name).toString());
      context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("own", own));
    }
  }

  /** The databases end with this JVM, and so do the keys: old ones know of heads that are gone. */
  private static final Path KEYS = newDirectory();

  static Path keys(String name) {
    return KEYS.resolve(name);
  }

  private static Path newDirectory() {
    try {
      return Files.createTempDirectory(Files.createDirectories(Path.of("target")), "it");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** A row of {@code sillok_entry}. */
  record LogRow(JsonNode entry, byte[] nonce) {

    String action() {
      return text("action");
    }

    String text(String member) {
      return entry.path(member).asText(null);
    }
  }

  record Answer(int status, String body) {

    JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new AssertionError(body, e);
      }
    }

    Answer expect(int wanted) {
      assertThat(status).as(body).isEqualTo(wanted);
      return this;
    }

    String id() {
      return json().path("id").asText();
    }
  }

  @LocalServerPort int port;
  @Autowired DataSource dataSource;
  JdbcTemplate jdbc;

  @Autowired
  void jdbc(DataSource source) {
    jdbc = new JdbcTemplate(source);
  }

  String base() {
    return "http://localhost:" + port + "/fhir/";
  }

  Answer send(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : base() + path))
            .header("Accept", "application/fhir+json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (List.of(headers).stream().noneMatch("Content-Type"::equalsIgnoreCase)) {
      request.header("Content-Type", "application/fhir+json");
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      HttpResponse<String> answer =
          HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.body());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  Answer get(String path) {
    return send("GET", path, null);
  }

  Answer put(String path, String body) {
    return send("PUT", path, body);
  }

  Answer post(String path, String body) {
    return send("POST", path, body);
  }

  Answer delete(String path) {
    return send("DELETE", path, null);
  }

  static String patient(String id, String family) {
    return "{\"resourceType\":\"Patient\",\"id\":\"%s\",\"name\":[{\"family\":\"%s\"}]}"
        .formatted(id, family);
  }

  static String bundle(String type, String... entries) {
    return "{\"resourceType\":\"Bundle\",\"type\":\"%s\",\"entry\":[%s]}"
        .formatted(type, String.join(",", entries));
  }

  static String bundleEntry(String method, String url, String resource) {
    String request = "\"request\":{\"method\":\"%s\",\"url\":\"%s\"}".formatted(method, url);
    return resource == null
        ? "{" + request + "}"
        : "{\"resource\":" + resource + "," + request + "}";
  }

  /** Entries about one resource, oldest first. */
  List<LogRow> entriesOf(String type, String id) {
    return jdbc.query(
        "SELECT entry, nonce FROM sillok_entry WHERE resource_type = ? AND resource_id = ? ORDER BY id",
        (row, n) -> new LogRow(tree(row.getString(1)), row.getBytes(2)),
        type,
        id);
  }

  static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new AssertionError(json, e);
    }
  }

  List<String> story(String type, String id) {
    return entriesOf(type, id).stream()
        .map(row -> row.text("version") + " " + row.action())
        .toList();
  }

  long entryCount() {
    return jdbc.queryForObject("SELECT COUNT(*) FROM sillok_entry", Long.class);
  }

  /**
   * Every stored version has exactly one birth entry, recorded when it was stored; no entry lacks a
   * version, unless it was expunged.
   */
  void assertLogAndDatabaseAgree() {
    Map<String, Instant> stored = new TreeMap<>();
    jdbc.query(
        "SELECT r.RES_TYPE, r.FHIR_ID, v.RES_VER, v.RES_UPDATED FROM HFJ_RES_VER v JOIN HFJ_RESOURCE r ON r.RES_ID = v.RES_ID",
        row -> {
          stored.put(
              row.getString(1) + "/" + row.getString(2) + "/" + row.getLong(3),
              row.getObject(4, Timestamp.class).toInstant());
        });
    Map<String, Instant> logged = new TreeMap<>();
    jdbc.query(
        "SELECT entry FROM sillok_entry WHERE kind = 'resource' AND action NOT IN ('relabel', 'expunge') ORDER BY id",
        row -> {
          JsonNode entry = tree(row.getString(1));
          String version = entry.path("resource").asText() + "/" + entry.path("version").asText();
          assertThat(logged).as("a second birth").doesNotContainKey(version);
          logged.put(version, Instant.parse(entry.path("recorded").asText()));
        });
    jdbc.query(
        "SELECT entry FROM sillok_entry WHERE action = 'expunge'",
        row -> {
          JsonNode entry = tree(row.getString(1));
          assertThat(
                  logged.remove(
                      entry.path("resource").asText() + "/" + entry.path("version").asText()))
              .isNotNull();
        });
    assertThat(logged).isEqualTo(stored);
  }

  /** The commitment of the version's last entry is what an outsider computes from a plain vread. */
  void assertCommitmentMatchesVread(String type, String id, int version) {
    LogRow row =
        entriesOf(type, id).stream()
            .filter(each -> each.text("version").equals(String.valueOf(version)))
            .reduce((a, b) -> b)
            .orElseThrow();
    assertThat(row.nonce()).hasSize(32);
    String expected;
    if (row.action().equals("delete")) {
      get(type + "/" + id + "/_history/" + version).expect(410);
      expected = PlainReader.commitmentOfDeletion(row.nonce(), type, id);
    } else {
      String json = get(type + "/" + id + "/_history/" + version).expect(200).body();
      assertThat(tree(json).path("meta").path("lastUpdated").isMissingNode()).isFalse();
      expected = PlainReader.commitment(row.nonce(), json);
    }
    assertThat(row.text("commitment"))
        .as("%s/%s/_history/%s", type, id, version)
        .isEqualTo(expected);
  }

  /** {@link #assertCommitmentMatchesVread} for everything that was ever stored and not expunged. */
  void assertEveryCommitmentMatches() {
    jdbc.query(
        "SELECT r.RES_TYPE, r.FHIR_ID, v.RES_VER FROM HFJ_RES_VER v JOIN HFJ_RESOURCE r ON r.RES_ID = v.RES_ID",
        row -> {
          assertCommitmentMatchesVread(row.getString(1), row.getString(2), row.getInt(3));
        });
  }

  /** Waits until every entry has its place, is anchored, and is told of by a Provenance. */
  final void settle() {
    await()
        .atMost(Duration.ofSeconds(40))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> pending() == 0 && told() == placed());
  }

  private long pending() {
    return jdbc.queryForObject("SELECT COUNT(*) FROM sillok_entry WHERE log IS NULL", Long.class);
  }

  private long placed() {
    return jdbc.queryForObject("SELECT tree_size FROM sillok_log", Long.class);
  }

  final long told() {
    return jdbc.queryForObject("SELECT MAX(next_leaf) FROM sillok_provenance_cursor", Long.class);
  }
}
