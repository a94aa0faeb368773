package org.sillok.evidence;

import java.util.List;

/** What the steps add up to. */
public sealed interface Outcome {

  /**
   * Every step held.
   *
   * @param unpinned what came with the evidence and from nowhere else, such as {@code ledger key}
   */
  record Verified(List<String> unpinned) implements Outcome {

    public Verified {
      unpinned = List.copyOf(unpinned);
    }

    /** Whether every key, and the ledger itself, are known from elsewhere. */
    public boolean pinned() {
      return unpinned.isEmpty();
    }
  }

  /**
   * Every step held, but the entry is none that a server wrote when it wrote the version: what is
   * shown has not changed since, and where it came from is not shown.
   *
   * @param reason for people, what sort of entry it is
   * @param unpinned as in {@link Verified}
   */
  record OriginUnknown(String reason, List<String> unpinned) implements Outcome {

    public OriginUnknown {
      unpinned = List.copyOf(unpinned);
    }

    /** As in {@link Verified}. */
    public boolean pinned() {
      return unpinned.isEmpty();
    }
  }

  /** What is there holds, but the ledger does not vouch for it yet. */
  record NotYetAnchored(String reason) implements Outcome {}

  /** What could be looked at holds, but the chain could not be asked. */
  record Unsettled(String reason) implements Outcome {}

  /** A step did not hold; later ones were not looked at. */
  record Failed(Step step) implements Outcome {}
}
