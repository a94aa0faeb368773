package org.sillok.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ca.uhn.fhir.batch2.api.IJobMaintenanceService;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.search.reindex.IInstanceReindexService;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.instance.model.api.IBaseParameters;
import org.hl7.fhir.r4.model.IdType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** HAPI may make its search index anew as often as it likes: the log has nothing to do with it. */
class ReindexIT {

  private static RunningServer server;

  @BeforeAll
  static void write() {
    server =
        RunningServer.start(
            RunningServer.directory(),
            "--sillok.provenance.enabled=true",
            "--sillok.provenance.interval=100ms",
            "--sillok.provenance.delay=200ms");
    new BroadMix(server).write();
    server.settle(true);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void ofTheWholeServerChangesNoVerdict() {
    Map<String, Long> before = soundCounts();
    Object entries = server.value("SELECT COUNT(*) FROM sillok_entry");

    String status =
        server
            .post("$reindex", "{\"resourceType\":\"Parameters\"}")
            .expect(202)
            .raw()
            .headers()
            .firstValue("Content-Location")
            .orElseThrow();
    JsonNode outcome =
        await()
            .atMost(Duration.ofMinutes(5))
            .until(
                () -> {
                  server.bean(IJobMaintenanceService.class).forceMaintenancePass();
                  return server.send(server.request(status));
                },
                answer -> answer.status() != 202)
            .expect(200)
            .json();

    assertThat(outcome.at("/entry/0/response/status").asText())
        .as(outcome.toString())
        .startsWith("200");
    assertThat(server.value("SELECT COUNT(*) FROM sillok_entry")).isEqualTo(entries);
    assertThat(soundCounts()).isEqualTo(before);
  }

  @Test
  void ofEachResourceChangesNoVerdict() throws SQLException {
    Map<String, Long> before = soundCounts();
    Object entries = server.value("SELECT COUNT(*) FROM sillok_entry");
    List<String> resources = resources();
    assertThat(resources).anyMatch(resource -> resource.startsWith("Provenance/"));

    for (String resource : resources) {
      IBaseParameters outcome =
          server
              .bean(IInstanceReindexService.class)
              .reindex(new SystemRequestDetails(), new IdType(resource));
      assertThat(json(outcome)).contains("Reindex completed").doesNotContain("WARNING");
    }

    assertThat(server.value("SELECT COUNT(*) FROM sillok_entry")).isEqualTo(entries);
    assertThat(soundCounts()).isEqualTo(before);
  }

  private static String json(IBaseParameters outcome) {
    return server.bean(FhirContext.class).newJsonParser().encodeResourceToString(outcome);
  }

  private static Map<String, Long> soundCounts() {
    FullCheck check = FullCheck.of(server);
    assertThat(check.findings()).isEmpty();
    assertThat(check.counts()).containsOnlyKeys("verified");
    return check.counts();
  }

  /** Those that are not deleted. */
  private static List<String> resources() throws SQLException {
    List<String> resources = new ArrayList<>();
    try (Connection connection = server.database().getConnection();
        ResultSet rows =
            connection
                .createStatement()
                .executeQuery(
                    "SELECT RES_TYPE, FHIR_ID FROM HFJ_RESOURCE WHERE RES_DELETED_AT IS NULL")) {
      while (rows.next()) {
        resources.add(rows.getString(1) + "/" + rows.getString(2));
      }
    }
    return resources;
  }
}
