package org.sillok.testdata.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.sillok.testdata.server.FhirClient.Answer;

/**
 * What all clients saw: versions that the server said are stored, and what it should not have
 * answered or done. For many threads.
 */
final class Acknowledged {

  /** Thousands of equal ones tell no more than some. */
  private static final int MOST_PROBLEMS = 20;

  private final Set<Version> versions = ConcurrentHashMap.newKeySet();
  private final List<String> problems = new ArrayList<>();
  private int unnamed;

  void add(Version version) {
    versions.add(version);
  }

  void refused(Answer answer) {
    problem(
        answer.raw().request().method()
            + " "
            + answer.raw().request().uri()
            + " gave "
            + answer.status()
            + ": "
            + answer.body().substring(0, Math.min(600, answer.body().length())));
  }

  synchronized void problem(String what) {
    if (problems.size() < MOST_PROBLEMS) {
      problems.add(what);
    } else {
      unnamed++;
    }
  }

  Set<Version> versions() {
    return Set.copyOf(versions);
  }

  /** Those since the last call. */
  synchronized List<String> takeProblems() {
    List<String> taken = new ArrayList<>(problems);
    if (unnamed > 0) {
      taken.add("and " + unnamed + " more from clients");
    }
    problems.clear();
    unnamed = 0;
    return taken;
  }
}
