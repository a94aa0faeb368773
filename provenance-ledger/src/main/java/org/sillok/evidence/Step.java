package org.sillok.evidence;

/**
 * One thing that was looked at.
 *
 * @param got what the evidence has, or what it led to
 * @param want what that was compared with
 */
public record Step(String name, Result result, String got, String want) {

  /** How a step ended. */
  public enum Result {
    PASSED,
    /** it fits, but only as far as the evidence vouches for itself; {@code want} says what to do */
    WARNING,
    /** there was nothing to look at */
    SKIPPED,
    FAILED
  }
}
