package org.sillok.testdata.soak.chain;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * Faults in an order that follows from a seed: each kind once before any comes again, and likewise
 * each step at which a server is killed.
 */
final class Schedule {

  private final Random random;
  private final Deque<FaultKind> kinds = new ArrayDeque<>();
  private final Deque<KillStep> steps = new ArrayDeque<>();

  Schedule(Random random) {
    this.random = random;
  }

  FaultKind nextKind() {
    return next(kinds, List.of(FaultKind.values()));
  }

  KillStep nextStep() {
    return next(steps, KillStep.all());
  }

  private <T> T next(Deque<T> deck, List<T> all) {
    if (deck.isEmpty()) {
      List<T> shuffled = new ArrayList<>(all);
      Collections.shuffle(shuffled, random);
      deck.addAll(shuffled);
    }
    return deck.remove();
  }
}
