package org.sillok.testdata.soak;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.sillok.testdata.server.FhirClient;
import org.sillok.testdata.server.FhirClient.Answer;

/**
 * One client that writes until the server is killed: creates, updates, deletes and transactions of
 * varying size, on resources of its own and on a few that all clients fight for. What it does is
 * decided by its {@link Random} alone.
 */
final class Load implements Runnable {

  /** Resources that every client updates, so that versions of one resource meet. */
  private static final int SHARED = 4;

  private static final int LARGEST_BUNDLE = 60;

  private final FhirClient client;
  private final Random random;
  private final Acknowledged acknowledged;
  private final List<Version> own = new ArrayList<>();
  private volatile boolean stopped;

  Load(FhirClient client, Random random, Acknowledged acknowledged) {
    this.client = client;
    this.random = random;
    this.acknowledged = acknowledged;
  }

  /** Tells that the server is killed now: the write that is under way is the last one. */
  void stop() {
    stopped = true;
  }

  @Override
  public void run() {
    try {
      while (!stopped) {
        write();
      }
    } catch (IOException e) {
      if (!stopped) {
        acknowledged.problem("a client lost the server before it was killed: " + e);
      }
      // Nobody knows whether the last write was stored; both are right.
    } catch (RuntimeException e) {
      acknowledged.problem("a client could not go on: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write() throws IOException, InterruptedException {
    int choice = random.nextInt(100);
    if (choice < 40 || own.isEmpty()) {
      create();
    } else if (choice < 60) {
      update();
    } else if (choice < 70) {
      updateShared();
    } else if (choice < 80) {
      delete();
    } else {
      transaction();
    }
  }

  private void create() throws IOException, InterruptedException {
    Answer answer = client.post("Observation", observation(""));
    if (stored(answer)) {
      own.add(acknowledge(location(answer)));
    }
  }

  private void update() throws IOException, InterruptedException {
    int chosen = random.nextInt(own.size());
    Version version = own.get(chosen);
    Answer answer = client.put(version.resource(), observation(version.id()));
    if (stored(answer)) {
      own.set(chosen, acknowledge(location(answer)));
    }
  }

  private void updateShared() throws IOException, InterruptedException {
    String id = "shared-" + random.nextInt(SHARED);
    Answer answer = client.put("Observation/" + id, observation(id));
    if (stored(answer)) {
      acknowledge(location(answer));
    }
  }

  private void delete() throws IOException, InterruptedException {
    Version version = own.remove(random.nextInt(own.size()));
    if (stored(client.delete(version.resource()))) {
      acknowledged.add(version.next());
    }
  }

  /** Creates, with one update and one deletion among them. */
  private void transaction() throws IOException, InterruptedException {
    int creates = 1 + random.nextInt(LARGEST_BUNDLE);
    List<String> entries = new ArrayList<>();
    for (int i = 0; i < creates; i++) {
      entries.add(entry("POST", "Observation", observation("")));
    }
    Version updated = own.remove(random.nextInt(own.size()));
    entries.add(entry("PUT", updated.resource(), observation(updated.id())));
    Version deleted = own.isEmpty() ? null : own.remove(random.nextInt(own.size()));
    if (deleted != null) {
      entries.add("{\"request\":{\"method\":\"DELETE\",\"url\":\"" + deleted.resource() + "\"}}");
    }
    String bundle =
        "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":["
            + String.join(",", entries)
            + "]}";
    Answer answer = client.post("", bundle);
    if (stored(answer)) {
      if (deleted != null) {
        acknowledged.add(deleted.next());
      }
      for (JsonNode entry : answer.json().path("entry")) {
        String location = entry.path("response").path("location").asText();
        if (!location.isEmpty()
            && (deleted == null || !location.contains(deleted.resource() + "/"))) {
          own.add(acknowledge(location));
        }
      }
    }
  }

  private Version acknowledge(String location) {
    Version version = Version.ofLocation(location);
    acknowledged.add(version);
    return version;
  }

  /** Clients that fight for one resource may lose; nothing else may be refused. */
  private boolean stored(Answer answer) {
    if (!answer.isSuccess() && !Set.of(409, 412).contains(answer.status())) {
      acknowledged.refused(answer);
    }
    return answer.isSuccess();
  }

  private static String location(Answer answer) {
    return answer
        .header("Content-Location")
        .or(() -> answer.header("Location"))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no location in an answer with " + answer.raw().headers()));
  }

  private static String entry(String method, String url, String resource) {
    return "{\"resource\":"
        + resource
        + ",\"request\":{\"method\":\""
        + method
        + "\",\"url\":\""
        + url
        + "\"}}";
  }

  private String observation(String id) {
    Map<String, String> units = Map.of("8867-4", "/min", "9279-1", "/min", "8310-5", "Cel");
    String code = List.of("8867-4", "9279-1", "8310-5").get(random.nextInt(3));
    return String.format(
        Locale.ROOT,
        "{\"resourceType\":\"Observation\",%s\"status\":\"final\",\"code\":{\"coding\":[{\"system\":\"http://loinc.org\","
            + "\"code\":\"%s\"}]},\"valueQuantity\":{\"value\":%d.%d0,\"unit\":\"%s\"},\"note\":[{\"text\":\"%s\"}]}",
        id.isEmpty() ? "" : "\"id\":\"" + id + "\",",
        code,
        random.nextInt(200),
        random.nextInt(10),
        units.get(code),
        Long.toHexString(random.nextLong()));
  }
}
