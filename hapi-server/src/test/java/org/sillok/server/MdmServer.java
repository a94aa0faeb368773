package org.sillok.server;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.springframework.test.context.TestPropertySource;

/** A server with master data management, which makes a golden resource for each patient. */
@TestPropertySource(properties = "hapi.fhir.mdm_enabled=true")
abstract class MdmServer extends RunningServer {

  /**
   * MDM passes by what has no birth date and no identifier: its rules look for candidates by them.
   */
  static String bornPatient(String id, String family) {
    return "{\"resourceType\":\"Patient\",\"id\":\"%s\",\"name\":[{\"family\":\"%s\"}],\"birthDate\":\"1970-01-01\"}"
        .formatted(id, family);
  }

  final String goldenOf(String source) {
    return await()
        .atMost(Duration.ofSeconds(40))
        .until(() -> linkedGolden(source), golden -> !golden.isEmpty());
  }

  /** Id of the golden resource that MDM has linked to the patient, or an empty string. */
  private String linkedGolden(String source) {
    JsonNode link = get("$mdm-query-links?resourceId=Patient/" + source).expect(200).json();
    for (JsonNode parameter : link.path("parameter")) {
      for (JsonNode part : parameter.path("part")) {
        if (part.path("name").asText().equals("goldenResourceId")) {
          return part.path("valueString").asText().replace("Patient/", "");
        }
      }
    }
    return "";
  }
}
