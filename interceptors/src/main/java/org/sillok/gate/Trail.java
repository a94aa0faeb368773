package org.sillok.gate;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sillok.consent.Ground;
import org.sillok.identity.ForeignCaller;

/** Remembers what other hospitals asked. Thread-safe. */
public interface Trail {

  /**
   * Before the answer leaves.
   *
   * @throws RuntimeException if it is not durable: then nothing is answered
   */
  void record(Access access);

  /**
   * One request, or one part of a batch.
   *
   * @param interaction {@code read}, {@code search-type}, …
   * @param about {@code Observation/7}, {@code Patient/7}, or a type; null if it was none of these
   * @param released number of resources in the answer
   * @param grounds the consents that permitted them
   */
  record Access(
      Instant at,
      ForeignCaller caller,
      String interaction,
      @Nullable String about,
      Outcome outcome,
      int released,
      Set<Ground> grounds) {

    public Access {
      grounds = Set.copyOf(grounds);
    }
  }

  /** How it ended. */
  enum Outcome {
    /** Something was given. */
    PERMITTED,
    /** Nothing was given: there was nothing, or nothing that consents permit. */
    DENIED,
    /** It was no request that another hospital may make, or none that its token is for. */
    REFUSED,
    /** Nothing could be decided. */
    UNAVAILABLE
  }
}
