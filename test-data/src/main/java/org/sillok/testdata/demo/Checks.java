package org.sillok.testdata.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sillok.testdata.server.FhirClient;
import org.sillok.testdata.server.FhirClient.Answer;

/** Asks a server what it can prove, by its operations {@code $verify} and {@code $findings}. */
final class Checks {

  private static final Pattern PERCENT = Pattern.compile("(\\d+) %.*");

  private final FhirClient client;

  Checks(FhirClient client) {
    this.client = client;
  }

  /**
   * What is said of one version.
   *
   * @param step the first step that failed, empty if none did
   */
  record Verdict(String code, String step, String detail, long leaf, long checkpoint) {}

  /**
   * What is said of everything.
   *
   * @param counts of versions by verdict
   * @param findings resource versions with what is wrong with them
   */
  record Everything(boolean ok, Map<String, Long> counts, List<String> findings) {}

  Verdict version(String path) throws IOException, InterruptedException {
    JsonNode answer = client.get(path + "/$verify").orThrow().json();
    JsonNode failure = named(answer, "failure");
    return new Verdict(
        named(answer, "code").path("valueCode").asText(),
        named(failure, "step").path("valueCode").asText(),
        named(failure, "detail").path("valueString").asText(),
        named(named(answer, "entry"), "leafIndex").path("valueDecimal").asLong(-1),
        named(named(answer, "checkpoint"), "size").path("valueDecimal").asLong(-1));
  }

  /**
   * @param percent is told how far the server is
   */
  Everything everything(IntConsumer percent) throws IOException, InterruptedException {
    Answer begun = client.getAsync("$verify").orThrow();
    URI status =
        URI.create(
            begun
                .header("Content-Location")
                .orElseThrow(
                    () ->
                        new IllegalStateException(
                            "$verify does not say where to ask how far it is")));
    Answer answer = client.getAbsolute(status).orThrow();
    while (answer.status() == 202) {
      Matcher progress = PERCENT.matcher(answer.header("X-Progress").orElse(""));
      if (progress.matches()) {
        percent.accept(Integer.parseInt(progress.group(1)));
      }
      Thread.sleep(500);
      answer = client.getAbsolute(status).orThrow();
    }
    percent.accept(100);
    JsonNode result = answer.json();
    Map<String, Long> counts = new TreeMap<>();
    for (JsonNode count : allNamed(result, "count")) {
      counts.put(
          named(count, "code").path("valueCode").asText(),
          named(count, "number").path("valueDecimal").asLong());
    }
    counts.values().removeIf(number -> number == 0);
    return new Everything(
        named(result, "ok").path("valueBoolean").asBoolean(), counts, targets(result));
  }

  /** What the sweep has found and nobody has reviewed. */
  List<String> findings() throws IOException, InterruptedException {
    return targets(client.get("$findings").orThrow().json());
  }

  private static List<String> targets(JsonNode parameters) {
    List<String> targets = new ArrayList<>();
    for (JsonNode finding : allNamed(parameters, "finding")) {
      targets.add(named(finding, "subject").path("valueString").asText());
    }
    return targets;
  }

  private static JsonNode named(JsonNode parameters, String name) {
    List<JsonNode> all = allNamed(parameters, name);
    return all.isEmpty() ? parameters.path("there is none") : all.get(0);
  }

  private static List<JsonNode> allNamed(JsonNode parameters, String name) {
    List<JsonNode> all = new ArrayList<>();
    for (JsonNode parameter : parameters.path(parameters.has("part") ? "part" : "parameter")) {
      if (parameter.path("name").asText().equals(name)) {
        all.add(parameter);
      }
    }
    return all;
  }
}
