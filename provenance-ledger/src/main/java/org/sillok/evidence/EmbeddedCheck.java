package org.sillok.evidence;

import static org.sillok.evidence.Steps.failed;

import org.jspecify.annotations.Nullable;
import org.sillok.ledger.AcceptedCheckpoint;
import org.sillok.ledger.Receipt;
import org.sillok.ledger.block.Block;
import org.sillok.ledger.block.BlockException;
import org.sillok.ledger.block.LedgerPublicKey;
import org.sillok.ledger.block.SignedBlock;

/** The steps for a head that is published on an embedded ledger: its key, its block. */
final class EmbeddedCheck {

  private EmbeddedCheck() {}

  /**
   * @param claimed its head is that of the checkpoint
   * @param trusted null to take the key from the evidence
   */
  static void check(Publication claimed, @Nullable LedgerPublicKey trusted, Steps steps)
      throws StepFailedException {
    Block block = block(claimed, key(claimed, trusted, steps), steps);
    Receipt receipt = block.receipt();
    steps.compare(
        "receipt",
        claimed.receipt().toJson(),
        receipt.toJson() + " of the block",
        claimed.receipt().equals(receipt));
    String head = claimed.size() + ":" + claimed.root();
    AcceptedCheckpoint published =
        block.published().orElseThrow(() -> failed("publication", "another transaction", head));
    String got = published.log() + " " + published.head();
    String want = claimed.log() + " " + head;
    steps.compare(
        "publication",
        got + " in block " + receipt.blockNumber() + " of " + receipt.blockTime(),
        want + " of the checkpoint",
        got.equals(want));
  }

  private static LedgerPublicKey key(
      Publication claimed, @Nullable LedgerPublicKey trusted, Steps steps)
      throws StepFailedException {
    String name = "ledger key";
    String own = claimed.key();
    if (trusted != null) {
      String want = trusted.toString();
      steps.compare(
          name, own == null ? "none in the file" : own, want, own == null || own.equals(want));
      return trusted;
    }
    try {
      if (own != null) {
        LedgerPublicKey key = LedgerPublicKey.parse(own);
        steps.unpinned(name, name, own, "--ledger-key");
        return key;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw failed(name, own == null ? "none" : own, "an Ed25519 key of 64 hexadecimal digits");
  }

  private static Block block(Publication claimed, LedgerPublicKey key, Steps steps)
      throws StepFailedException {
    if (claimed.block() == null) {
      throw failed("ledger block", "none", "the signed block that publishes the checkpoint");
    }
    try {
      Block block = SignedBlock.verify(claimed.block(), key);
      steps.passed("ledger block", "block " + block.number(), "signed by " + key);
      return block;
    } catch (BlockException e) {
      throw failed("ledger block", e.getMessage(), "signed by " + key);
    }
  }
}
