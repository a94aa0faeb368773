package org.sillok.ledger;

/** What the members can decide by vote. */
public sealed interface Motion {

  /** The hospital that it is about. */
  HospitalId concerned();

  /** Takes in a hospital; its first log starts empty. {@code candidate} must say active. */
  record Admit(Hospital candidate) implements Motion {

    public Admit {
      if (!candidate.active()) {
        throw new IllegalArgumentException("a hospital is admitted as active, got suspended");
      }
    }

    @Override
    public HospitalId concerned() {
      return candidate.id();
    }
  }

  /** Takes the hospital's part in everything away until it is re-admitted. */
  record Suspend(HospitalId hospital) implements Motion {

    @Override
    public HospitalId concerned() {
      return hospital;
    }
  }

  record Readmit(HospitalId hospital) implements Motion {

    @Override
    public HospitalId concerned() {
      return hospital;
    }
  }

  /** For an owner key that is lost or stolen. Votes cast with the old key count no longer. */
  record ReplaceOwner(HospitalId hospital, Address owner) implements Motion {

    @Override
    public HospitalId concerned() {
      return hospital;
    }
  }

  /**
   * Closes a log whose leaves are truly lost and opens its successor. Only the hospital's own owner
   * key can propose it, so that it takes both the owner and the majority.
   *
   * @param last the head at which the ledger stands, named so that nobody votes for another break
   * @param successor key of the new log, with an origin that no log had
   */
  record ReplaceLog(LogId log, TreeHead last, LogVkey successor) implements Motion {

    @Override
    public HospitalId concerned() {
      return log.hospital();
    }
  }
}
