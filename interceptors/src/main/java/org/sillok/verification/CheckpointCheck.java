package org.sillok.verification;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sillok.ledger.AcceptedCheckpoint;
import org.sillok.ledger.Ledger;
import org.sillok.ledger.TreeHead;
import org.sillok.log.StoredCheckpoint;
import org.sillok.note.Checkpoint;
import org.sillok.note.NoteException;

/** Whether a stored checkpoint is what the log's key has signed and what the ledger has. */
public final class CheckpointCheck {

  private final Ledger ledger;
  private final Logs logs;

  public CheckpointCheck(Ledger ledger, Logs logs) {
    this.ledger = ledger;
    this.logs = logs;
  }

  /** Null if a key of this server, for this log, has signed this size and root. */
  public @Nullable Failure signed(StoredCheckpoint stored) {
    try {
      Checkpoint signed = logs.keys(stored.log()).open(stored.note());
      TreeHead head = new TreeHead(signed.size(), signed.root());
      return head.equals(head(stored))
          ? null
          : new Failure(Step.CHECKPOINT, "signed is " + head + ", stored " + head(stored));
    } catch (NoteException e) {
      return new Failure(Step.CHECKPOINT, String.valueOf(e.getMessage()));
    }
  }

  /**
   * Null if the ledger has accepted this head, with this receipt.
   *
   * @throws org.sillok.ledger.LedgerUnavailableException if it cannot be asked
   */
  public @Nullable Failure accepted(StoredCheckpoint stored) {
    Optional<AcceptedCheckpoint> accepted =
        ledger.checkpoints().checkpointAt(logs.id(stored.log()), stored.size());
    if (accepted.isEmpty()) {
      return new Failure(Step.LEDGER, "it has no head of size " + stored.size());
    }
    if (!accepted.get().head().equals(head(stored))) {
      return new Failure(
          Step.LEDGER, "it has " + accepted.get().head() + ", stored is " + head(stored));
    }
    return stored.receipt().equals(Optional.of(accepted.get().receipt().toJson()))
        ? null
        : new Failure(Step.LEDGER, "the stored receipt is not the one that it has");
  }

  static TreeHead head(StoredCheckpoint stored) {
    return new TreeHead(stored.size(), stored.root());
  }
}
