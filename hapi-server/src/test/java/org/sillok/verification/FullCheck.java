package org.sillok.verification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The result of {@code $verify} without a path.
 *
 * @param findings subject and step of each
 * @param counts versions by verdict
 */
record FullCheck(TreeSet<String> findings, Map<String, Long> counts) {

  /** Asks for one and waits for it, by FHIR's asynchronous pattern. */
  static FullCheck of(RunningServer server) {
    RunningServer.Answer begun =
        server.send(server.request("/fhir/$verify").header("Prefer", "respond-async")).expect(202);
    String status = begun.raw().headers().firstValue("Content-Location").orElseThrow();
    RunningServer.Answer answer = server.send(server.request(status));
    while (answer.status() == 202) {
      assertThat(answer.raw().headers().firstValue("X-Progress")).isPresent();
      sleep();
      answer = server.send(server.request(status));
    }
    FullCheck check = new FullCheck(new TreeSet<>(), new TreeMap<>());
    for (JsonNode parameter : answer.expect(200).json().path("parameter")) {
      switch (parameter.path("name").asText()) {
        case "finding" ->
            check.findings.add(value(parameter, "subject") + " " + value(parameter, "step"));
        case "count" ->
            check.counts.put(
                value(parameter, "code"), (long) Double.parseDouble(value(parameter, "number")));
        default -> {}
      }
    }
    return check;
  }

  static void sleep() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String value(JsonNode parameter, String name) {
    for (JsonNode part : parameter.path("part")) {
      if (part.path("name").asText().equals(name)) {
        return part.path("valueString").asText()
            + part.path("valueCode").asText()
            + part.path("valueDecimal").asText();
      }
    }
    return "";
  }
}
