package org.sillok.testdata.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.sillok.testdata.server.FhirClient;

/**
 * The writes that are measured, with bodies that are made before the measurement. Threads may share
 * it.
 */
final class Workload {

  /** Kinds of writes. */
  enum Kind {
    CREATE("create Observation"),
    UPDATE("update Observation"),
    TRANSACTION("transaction of 100");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  private static final int UPDATED = 400;
  private static final int IN_TRANSACTION = 100;

  private final FhirClient client;
  private final String create = observation("", "Patient/bench", 72);
  private final List<String> updates = new ArrayList<>();
  private final String transaction;
  private final AtomicInteger nextUpdate = new AtomicInteger();

  /** Stores what the writes refer to. */
  Workload(FhirClient client) throws IOException, InterruptedException {
    this.client = client;
    for (int i = 0; i < 2 * UPDATED; i++) {
      updates.add(observation("\"id\":\"bench-" + i % UPDATED + "\",", "Patient/bench", i));
    }
    List<String> entries = new ArrayList<>();
    String patient = "urn:uuid:0c6bd0a7-2a2c-4c0e-9c5d-5a3f8d2b7e11";
    entries.add(
        "{\"fullUrl\":\""
            + patient
            + "\",\"resource\":"
            + patient("")
            + ",\"request\":{\"method\":\"POST\",\"url\":\"Patient\"}}");
    while (entries.size() < IN_TRANSACTION) {
      entries.add(
          "{\"resource\":"
              + observation("", patient, entries.size())
              + ",\"request\":{\"method\":\"POST\",\"url\":\"Observation\"}}");
    }
    transaction =
        "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":["
            + String.join(",", entries)
            + "]}";
    client.put("Patient/bench", patient("\"id\":\"bench\",")).orThrow();
    for (int i = 0; i < UPDATED; i++) {
      write(Kind.UPDATE);
    }
  }

  /**
   * Does one write.
   *
   * @throws IllegalStateException if the server refuses it
   */
  void write(Kind kind) throws IOException, InterruptedException {
    switch (kind) {
      case CREATE -> client.post("Observation", create).orThrow();
      case UPDATE -> {
        // Each time around the value is another one, so that no update is a no-op.
        int next = Math.floorMod(nextUpdate.getAndIncrement(), 2 * UPDATED);
        client.put("Observation/bench-" + next % UPDATED, updates.get(next)).orThrow();
      }
      case TRANSACTION -> client.post("", transaction).orThrow();
    }
  }

  private static String patient(String id) {
    return "{\"resourceType\":\"Patient\","
        + id
        + "\"active\":true,\"identifier\":[{\"system\":\"https://sillok.example/bench\",\"value\":\"B-1\"}],"
        + "\"name\":[{\"family\":\"김\",\"given\":[\"하늘\"]}],\"gender\":\"female\",\"birthDate\":\"1984-02-28\"}";
  }

  private static String observation(String id, String subject, int value) {
    return String.format(
        Locale.ROOT,
        "{\"resourceType\":\"Observation\",%s\"status\":\"final\",\"category\":[{\"coding\":[{\"system\":"
            + "\"http://terminology.hl7.org/CodeSystem/observation-category\",\"code\":\"vital-signs\"}]}],"
            + "\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"8867-4\",\"display\":\"Heart rate\"}],"
            + "\"text\":\"심박수\"},\"subject\":{\"reference\":\"%s\"},\"effectiveDateTime\":\"2026-03-02T09:30:00+09:00\","
            + "\"issued\":\"2026-03-02T09:31:12.345+09:00\",\"valueQuantity\":{\"value\":%d.0,\"unit\":\"beats/minute\","
            + "\"system\":\"http://unitsofmeasure.org\",\"code\":\"/min\"}}",
        id,
        subject,
        value);
  }
}
