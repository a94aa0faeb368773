package org.sillok.ledger;

import java.util.Optional;
import org.sillok.merkle.Hash;

/**
 * The record that the hospitals share, in three registries.
 *
 * <p>Every write names the account that sends it and returns when the write stands in a block.
 * Otherwise it throws {@link LedgerRefusedException} (a rule forbids it, nothing changed) or {@link
 * LedgerUnavailableException} (trouble on the way; the write may have happened). Whether the caller
 * may use an account is decided where its key is: an implementation that signs transactions cannot
 * send for an account whose key it lacks, the embedded one trusts its caller.
 *
 * <p>Reads answer from the newest block and throw {@link LedgerUnavailableException} only. Time in
 * rules is the block's, in whole seconds. Thread-safe.
 */
public interface Ledger {

  LedgerInfo info();

  LedgerHead head();

  HospitalRegistry hospitals();

  CheckpointRegistry checkpoints();

  ConsentRegistry consents();

  /** The receipt of a transaction that stands on this ledger. */
  Optional<Receipt> receipt(Hash transaction);

  /**
   * The text by which the receipt's block convinces someone who has no access to this ledger: for
   * the embedded ledger the signed block, see {@code org.sillok.ledger.block.SignedBlock}. Empty if
   * this ledger has no such block or offers no such text.
   */
  Optional<String> blockText(Receipt receipt);
}
