package org.sillok.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ca.uhn.fhir.batch2.api.IJobMaintenanceService;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/**
 * {@code $mdm-clear} deletes by plain SQL, and fails where a reference leads to what it deletes.
 */
@TestPropertySource(
    properties = {
      "sillok.it.name=mdm-clear",
      "sillok.provenance.enabled=true",
      "sillok.provenance.interval=50ms",
      "sillok.provenance.delay=200ms",
      "sillok.anchor.interval=100ms"
    })
@DirtiesContext
class MdmClearIT extends MdmServer {

  @Autowired IJobMaintenanceService jobs;

  @Test
  void clearsGoldenResourcesThatProvenancesTellOf() {
    put("Patient/cleared", bornPatient("cleared", "Kang")).expect(201);
    String golden = goldenOf("cleared");
    settle();
    assertThat(get("Provenance?target=Patient/cleared").json().path("entry")).isNotEmpty();
    assertThat(get("Provenance?target=Patient/" + golden).json().path("entry")).isEmpty();

    post("$mdm-clear", "{\"resourceType\":\"Parameters\"}").expect(200);

    await()
        .atMost(Duration.ofMinutes(4))
        .until(
            () -> {
              jobs.forceMaintenancePass(); // HAPI's own comes once a minute
              return get("Patient/" + golden).status() == 404;
            });
    get("Patient/cleared").expect(200);
  }
}
