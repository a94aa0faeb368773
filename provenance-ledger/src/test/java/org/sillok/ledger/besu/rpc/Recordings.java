package org.sillok.ledger.besu.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What real nodes answered; {@code recordings} beside the tests. */
final class Recordings {

  static final ObjectMapper MAPPER = new ObjectMapper();

  private static final String FOLDER = "/org/sillok/ledger/besu/recordings/";

  private Recordings() {}

  /** One question and its answer. */
  record Exchange(String file, JsonNode json) {

    String name() {
      return json.path("name").asText();
    }

    String method() {
      return json.path("request").path("method").asText();
    }

    JsonNode params() {
      return json.path("request").path("params");
    }

    JsonNode response() {
      return json.path("response");
    }

    int status() {
      return json.path("httpStatus").asInt(response().path("httpStatus").asInt(200));
    }

    @Override
    public String toString() {
      return file + ": " + name();
    }
  }

  static Stream<Exchange> file(String name) {
    try (InputStream in =
        Objects.requireNonNull(Recordings.class.getResourceAsStream(FOLDER + name), name)) {
      JsonNode exchanges = MAPPER.readTree(in).path("exchanges");
      return StreamSupport.stream(exchanges.spliterator(), false)
          .map(json -> new Exchange(name, json));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Exchange exchange(String file, String name) {
    return file(file)
        .filter(exchange -> exchange.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(file + " has no exchange " + name));
  }
}
