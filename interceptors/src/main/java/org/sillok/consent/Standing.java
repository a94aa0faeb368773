package org.sillok.consent;

import org.jspecify.annotations.Nullable;

/**
 * How far a stored consent counts, §1.2.
 *
 * @param kind what of it counts
 * @param reference of the stored version; the ledger's id if there is none
 * @param why in words; empty for an admitted one
 * @param rules null unless something of the content counts
 * @param ledger what the ledger says of it; null if nothing
 * @param alarm whether somebody must look: content and ledger do not fit together
 */
public record Standing(
    Kind kind,
    String reference,
    String why,
    @Nullable ConsentRules rules,
    @Nullable LedgerFact ledger,
    boolean alarm) {

  /** What counts. */
  public enum Kind {
    /** Permits and denies. */
    ADMITTED,
    /** Denies only. */
    INDETERMINATE,
    /** It may deny anything, and therefore denies all. */
    DENIES_ALL,
    NOT_ADMITTED
  }
}
