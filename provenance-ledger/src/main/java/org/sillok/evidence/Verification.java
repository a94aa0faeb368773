package org.sillok.evidence;

import java.util.List;

/** The steps in the order in which they were taken, and what they add up to. */
public record Verification(List<Step> steps, Outcome outcome) {

  public Verification {
    steps = List.copyOf(steps);
  }
}
