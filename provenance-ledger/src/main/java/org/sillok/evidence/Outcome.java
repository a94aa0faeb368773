package org.sillok.evidence;

/** What the steps add up to. */
public sealed interface Outcome {

  /**
   * Every step held.
   *
   * @param pinned false if a key came with the evidence and from nowhere else
   */
  record Verified(boolean pinned) implements Outcome {}

  /** What is there holds, but the ledger does not vouch for it yet. */
  record NotYetAnchored(String reason) implements Outcome {}

  /** A step did not hold; later ones were not looked at. */
  record Failed(Step step) implements Outcome {}
}
