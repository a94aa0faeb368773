package org.sillok.log;

import org.sillok.note.SignerKey;
import org.sillok.note.VerifierKey;

/**
 * The log that this server writes to, with the keys to do so.
 *
 * @param number from 1; a successor log has the next one
 */
public record OpenLog(int number, SignerKey signer, EntryMac mac) {

  /** The log's name for the world, fixed for ever. */
  public String origin() {
    return signer.verifier().name();
  }

  public VerifierKey vkey() {
    return signer.verifier();
  }
}
