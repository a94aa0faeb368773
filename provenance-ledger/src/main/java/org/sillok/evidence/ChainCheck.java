package org.sillok.evidence;

import org.sillok.note.VerifierKey;

/** Holds what an evidence file says of a chain against the chain itself. */
public interface ChainCheck {

  /**
   * Takes the steps from the chain's id to the log's key.
   *
   * @param claimed of a ledger on a chain
   * @param log the key that has signed the published checkpoint
   * @throws StepFailedException at the first step that does not hold
   * @throws ChainTroubleException if the chain could not be asked, so that nothing can be said
   */
  void check(Publication claimed, VerifierKey log, Steps steps)
      throws StepFailedException, ChainTroubleException;
}
