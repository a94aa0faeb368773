package org.sillok.verification;

import java.util.Locale;

/** The steps of a verification, in their order; a verdict names the first that failed. */
public enum Step {
  /** the version is in the database */
  STORED_VERSION,
  /** exactly one entry tells of its birth */
  BIRTH_ENTRY,
  /** its entries and nonces were written by this hospital's servers */
  ENTRY_MAC,
  /** the columns by which entries are looked up say what the entries say */
  ENTRY_COLUMNS,
  /** version and resource are of one type, and both or neither are deleted */
  RESOURCE_ROW,
  /** {@code lastUpdated} is the time of the birth entry */
  RECORDED,
  /** the canonical form opens the newest commitment */
  CONTENT,
  /** the server serves the newest logged version, with its time and labels */
  CURRENT_VERSION,
  /** the leaf at the entry's place is the entry's */
  LEAF,
  /** the newest anchored checkpoint is signed by the log's key */
  CHECKPOINT,
  /** an inclusion proof leads from the leaf to that checkpoint's root */
  INCLUSION,
  /** the ledger has that checkpoint */
  LEDGER,
  /** a finding is as the servers wrote it; no step of one version */
  FINDING;

  private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The form in messages, JSON and the database. */
  public String code() {
    return code;
  }

  /**
   * @throws IllegalArgumentException if no step has this code
   */
  public static Step of(String code) {
    for (Step step : values()) {
      if (step.code.equals(code)) {
        return step;
      }
    }
    throw new IllegalArgumentException("no step is called " + code);
  }
}
