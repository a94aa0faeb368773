package org.sillok.testdata.soak;

import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.sillok.testdata.server.FhirClient.Answer;

/**
 * What all clients saw: versions that the server said are stored, and writes that it refused. For
 * many threads.
 */
final class Acknowledged {

  private final Set<Version> versions = ConcurrentHashMap.newKeySet();
  private final Queue<String> refusals = new ConcurrentLinkedQueue<>();

  void add(Version version) {
    versions.add(version);
  }

  void refused(Answer answer) {
    refusals.add(
        answer.raw().request().method()
            + " "
            + answer.raw().request().uri()
            + " gave "
            + answer.status()
            + ": "
            + answer.body().substring(0, Math.min(300, answer.body().length())));
  }

  Set<Version> versions() {
    return Set.copyOf(versions);
  }

  List<String> refusals() {
    return List.copyOf(refusals);
  }
}
