package org.sillok.verification;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.sillok.server.OwnSettings;
import org.sillok.server.SillokServer;
import org.sillok.server.TestDatabase;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The real server in this JVM, on a free port and a database of its own, seen over HTTP. */
final class RunningServer implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static RunningServer shared;

  private final HttpClient http = HttpClient.newHttpClient();
  private final ConfigurableApplicationContext context;
  private final URI base;

  private RunningServer(ConfigurableApplicationContext context) {
    this.context = context;
    String port = context.getEnvironment().getProperty("local.server.port");
    this.base = URI.create("http://localhost:" + port);
  }

  /** One for all tests that leave it honest. */
  static synchronized RunningServer shared() {
    if (shared == null) {
      shared = start(directory());
    }
    return shared;
  }

  static Path directory() {
    try {
      return Files.createTempDirectory("sillok-it");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In {@code directory} lie the database and the keys, also after a stop. */
  static RunningServer start(Path directory, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                "--sillok.data-directory=" + directory + "/keys",
                "--management.endpoint.health.show-details=always",
                "--sillok.sequencer.interval=100ms",
                "--sillok.anchor.interval=500ms",
                "--hapi.fhir.allow_multiple_delete=true",
                "--hapi.fhir.binary_storage_enabled=true",
                "--hapi.fhir.binary_storage_minimum_binary_size=1000"));
    TestDatabase.properties(
            directory.getFileName().toString(),
            "jdbc:h2:file:" + directory + "/h2;TRACE_LEVEL_FILE=0;DB_CLOSE_ON_EXIT=FALSE")
        .forEach((name, value) -> arguments.add("--" + name + "=" + value));
    arguments.addAll(Arrays.asList(more));
    if (arguments.stream().noneMatch(argument -> argument.startsWith("--sillok.provenance."))) {
      arguments.add("--sillok.provenance.enabled=false");
    }
    if (arguments.stream().noneMatch(argument -> argument.startsWith("--sillok.sweep."))) {
      arguments.add("--sillok.sweep.enabled=false"); // only what a test asks for
    }
    return new RunningServer(
        new SpringApplicationBuilder(SillokServer.class, OwnSettings.class)
            .run(arguments.toArray(String[]::new)));
  }

  @Override
  public void close() {
    context.close();
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  DataSource database() {
    return bean(DataSource.class);
  }

  /** What a DBA would do. */
  int sql(String statement, Object... parameters) {
    try (Connection connection = database().getConnection();
        PreparedStatement update = connection.prepareStatement(statement)) {
      for (int i = 0; i < parameters.length; i++) {
        update.setObject(i + 1, parameters[i]);
      }
      return update.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(statement, e);
    }
  }

  Object value(String query, Object... parameters) {
    try (Connection connection = database().getConnection();
        PreparedStatement select = connection.prepareStatement(query)) {
      for (int i = 0; i < parameters.length; i++) {
        select.setObject(i + 1, parameters[i]);
      }
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getObject(1) : null;
      }
    } catch (SQLException e) {
      throw new IllegalStateException(query, e);
    }
  }

  /**
   * Waits until every entry has its place and is anchored.
   *
   * @param provenance whether every request has to be told of by a Provenance as well
   */
  void settle(boolean provenance) {
    await()
        .atMost(Duration.ofMinutes(15))
        .pollInterval(Duration.ofMillis(100))
        .until(
            () ->
                number("SELECT COUNT(*) FROM sillok_entry WHERE log IS NULL") == 0
                    && number(
                            "SELECT MAX(tree_size) FROM sillok_checkpoint WHERE receipt IS NOT NULL")
                        == number("SELECT tree_size FROM sillok_log")
                    && (!provenance
                        || number("SELECT MAX(next_leaf) FROM sillok_provenance_cursor")
                            == number("SELECT tree_size FROM sillok_log")));
  }

  private long number(String query) {
    return value(query) instanceof Number number ? number.longValue() : -1;
  }

  record Answer(int status, String body, HttpResponse<String> raw) {

    JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException(body, e);
      }
    }

    /** The id and version in the Location, as in {@code Patient/7/_history/1}. */
    String location() {
      String location = raw.headers().firstValue("Content-Location").orElseThrow();
      return location.substring(location.indexOf("/fhir/") + "/fhir/".length());
    }

    Answer expect(int wanted) {
      if (status != wanted) {
        throw new AssertionError("want " + wanted + ", got " + status + ": " + body);
      }
      return this;
    }
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(path.startsWith("http") ? URI.create(path) : base.resolve(path));
  }

  Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body(), response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  byte[] bytes(String path) {
    try {
      return http.send(request(path).build(), BodyHandlers.ofByteArray()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  Answer get(String path) {
    return send(request("/fhir/" + path).header("Accept", "application/fhir+json"));
  }

  Answer post(String path, String json) {
    return send(fhir(path).POST(BodyPublishers.ofString(json)));
  }

  Answer put(String path, String json) {
    return send(fhir(path).PUT(BodyPublishers.ofString(json)));
  }

  Answer delete(String path) {
    return send(fhir(path).DELETE());
  }

  HttpRequest.Builder fhir(String path) {
    return request("/fhir" + (path.isEmpty() ? "" : "/" + path))
        .header("Content-Type", "application/fhir+json");
  }
}
