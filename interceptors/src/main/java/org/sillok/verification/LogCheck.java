package org.sillok.verification;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sillok.ledger.AcceptedCheckpoint;
import org.sillok.ledger.Ledger;
import org.sillok.ledger.LedgerUnavailableException;
import org.sillok.ledger.LogId;
import org.sillok.ledger.TreeHead;
import org.sillok.log.LogReader;
import org.sillok.log.StoredCheckpoint;
import org.sillok.merkle.Hash;
import org.sillok.merkle.ProofException;
import org.sillok.merkle.TileException;
import org.sillok.merkle.TiledTree;
import org.sillok.note.Checkpoint;
import org.sillok.note.NoteException;
import org.sillok.note.SignedNote;

/**
 * Leads from an entry to the ledger: {@link Step#LEAF} to {@link Step#LEDGER}. Thread-safe.
 *
 * <p>Nothing that the database says about itself is believed: the leaf is made from the entry, the
 * proof is verified, the checkpoint's signature is checked with the key of this server, and the
 * ledger is asked for the head of that size.
 */
public final class LogCheck {

  private final LogReader reader;
  private final Ledger ledger;
  private final Logs logs;

  public LogCheck(LogReader reader, Ledger ledger, Logs logs) {
    this.reader = reader;
    this.ledger = ledger;
    this.logs = logs;
  }

  /** How far an entry has come. */
  sealed interface Result {

    /** Every step holds. */
    record Proved(Anchor anchor) implements Result {}

    /** Every step holds that can be taken now. */
    record Pending(String why) implements Result {}

    record Failed(Failure failure) implements Result {}
  }

  private static final class StepFailed extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Failure failure;

    StepFailed(Step step, String detail) {
      super(detail);
      failure = new Failure(step, detail);
    }
  }

  Result of(LoggedEntry entry) {
    Integer log = entry.log();
    Long index = entry.leafIndex();
    if (log == null && index == null) {
      return new Result.Pending("it waits for its place in the log");
    }
    if (log == null || index == null || log < 1) {
      return new Result.Failed(
          new Failure(
              Step.LEAF, "row " + entry.id() + " of sillok_entry was taken out of the log"));
    }
    try {
      return placed(entry, log, index);
    } catch (StepFailed e) {
      return new Result.Failed(e.failure);
    } catch (LedgerUnavailableException e) {
      return new Result.Pending("the ledger cannot be asked now: " + e.getMessage());
    }
  }

  private Result placed(LoggedEntry entry, int log, long index) throws StepFailed {
    leaf(entry, log, index);
    Optional<StoredCheckpoint> newest = reader.newestAnchored(log);
    if (newest.isEmpty() || newest.get().size() <= index) {
      return new Result.Pending("the ledger does not have it yet");
    }
    StoredCheckpoint checkpoint = newest.get();
    included(entry, index, checkpoint);
    signed(checkpoint);
    LogId id = logs.id(log);
    AcceptedCheckpoint accepted = accepted(id, checkpoint);
    return new Result.Proved(
        new Anchor(
            id, index, accepted.head(), accepted.receipt(), checkpoint.anchoredAt().orElse(null)));
  }

  private void leaf(LoggedEntry entry, int log, long index) throws StepFailed {
    Hash leaf = leafAt(log, index);
    if (leaf == null || !leaf.equals(entry.leafHash())) {
      throw new StepFailed(
          Step.LEAF,
          "want " + entry.leafHash() + " at leaf " + index + " of log " + log + ", got " + leaf);
    }
  }

  private @Nullable Hash leafAt(int log, long index) {
    byte[] hashes = reader.tiles(log).hashes(0, index / 256);
    int offset = (int) (index % 256) * Hash.SIZE;
    return index < 0 || hashes.length < offset + Hash.SIZE ? null : Hash.at(hashes, offset);
  }

  private void included(LoggedEntry entry, long index, StoredCheckpoint checkpoint)
      throws StepFailed {
    try {
      new TiledTree(reader.tiles(checkpoint.log()))
          .inclusion(index, checkpoint.size())
          .verify(entry.leafHash(), checkpoint.root());
    } catch (ProofException | TileException e) {
      throw new StepFailed(
          Step.INCLUSION,
          "leaf " + index + " under the head of " + checkpoint.size() + ": " + e.getMessage());
    }
  }

  private void signed(StoredCheckpoint checkpoint) throws StepFailed {
    try {
      Checkpoint signed =
          Checkpoint.open(SignedNote.parse(checkpoint.note()), logs.key(checkpoint.log()));
      if (signed.size() != checkpoint.size() || !signed.root().equals(checkpoint.root())) {
        throw new StepFailed(
            Step.CHECKPOINT,
            "signed is "
                + new TreeHead(signed.size(), signed.root())
                + ", stored "
                + head(checkpoint));
      }
    } catch (NoteException e) {
      throw new StepFailed(Step.CHECKPOINT, String.valueOf(e.getMessage()));
    }
  }

  private AcceptedCheckpoint accepted(LogId id, StoredCheckpoint checkpoint) throws StepFailed {
    AcceptedCheckpoint accepted =
        ledger
            .checkpoints()
            .checkpointAt(id, checkpoint.size())
            .orElseThrow(
                () -> new StepFailed(Step.LEDGER, "it has no head of size " + checkpoint.size()));
    if (!accepted.head().equals(head(checkpoint))) {
      throw new StepFailed(
          Step.LEDGER, "it has " + accepted.head() + ", the database has " + head(checkpoint));
    }
    if (!checkpoint.receipt().equals(Optional.of(accepted.receipt().toJson()))) {
      throw new StepFailed(Step.LEDGER, "the stored receipt is not the one that it has");
    }
    return accepted;
  }

  private static TreeHead head(StoredCheckpoint checkpoint) {
    return new TreeHead(checkpoint.size(), checkpoint.root());
  }

  /**
   * Of all {@code entries}, the one that has come least far decides; the last one's anchor stays.
   */
  Result of(List<LoggedEntry> entries) {
    Result result = new Result.Pending("it has no entry");
    for (LoggedEntry entry : entries) {
      Result one = of(entry);
      if (!(one instanceof Result.Proved)) {
        return one;
      }
      result = one;
    }
    return result;
  }
}
