package org.sillok.evidence;

import org.jspecify.annotations.Nullable;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.block.LedgerPublicKey;
import org.sillok.note.VerifierKey;

/**
 * What the verifier knows from elsewhere; null is not known.
 *
 * @param log the log's key; its name is the log's origin
 * @param ledger the embedded ledger's key
 * @param hospital whose log it must be on the ledger
 * @param strict whether a key that merely came with the evidence is a failure, not just a warning
 */
public record Trust(
    @Nullable VerifierKey log,
    @Nullable LedgerPublicKey ledger,
    @Nullable HospitalId hospital,
    boolean strict) {

  /** Nothing is known: what is verified then hangs on the keys in the file. */
  public static final Trust NONE = new Trust(null, null, null, false);
}
