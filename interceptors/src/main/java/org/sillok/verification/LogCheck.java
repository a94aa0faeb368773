package org.sillok.verification;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sillok.ledger.LedgerUnavailableException;
import org.sillok.ledger.Receipt;
import org.sillok.log.LogBreak;
import org.sillok.log.LogReader;
import org.sillok.log.StoredCheckpoint;
import org.sillok.merkle.Hash;
import org.sillok.merkle.ProofException;
import org.sillok.merkle.TileException;
import org.sillok.merkle.TiledTree;

/**
 * Leads from an entry to the ledger: {@link Step#LEAF} to {@link Step#LEDGER}. Thread-safe.
 *
 * <p>Nothing that the database says about itself is believed: the leaf is made from the entry, the
 * proof is verified, the checkpoint's signature is checked with the key of this server, and the
 * ledger is asked for the head of that size.
 */
public final class LogCheck {

  private final LogReader reader;
  private final CheckpointCheck checkpoints;
  private final Logs logs;

  public LogCheck(LogReader reader, CheckpointCheck checkpoints, Logs logs) {
    this.reader = reader;
    this.checkpoints = checkpoints;
    this.logs = logs;
  }

  /** How far an entry has come. */
  sealed interface Result {

    /**
     * Every step holds.
     *
     * @param note what a reader should know of the log: that it was closed, and what of it is lost
     */
    record Proved(Anchor anchor, @Nullable String note) implements Result {}

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
    Optional<StoredCheckpoint> newest = newestAnchored(log);
    if (newest.isEmpty() || newest.get().size() <= index) {
      return new Result.Pending("the ledger does not have it yet");
    }
    StoredCheckpoint checkpoint = newest.get();
    require(checkpoints.signed(checkpoint));
    included(entry, index, checkpoint);
    require(checkpoints.accepted(checkpoint));
    return new Result.Proved(
        new Anchor(
            logs.id(log),
            index,
            CheckpointCheck.head(checkpoint),
            Receipt.ofJson(checkpoint.receipt().orElseThrow()),
            checkpoint.anchoredAt().orElse(null)),
        logs.broken(log).map(LogBreak::toString).orElse(null));
  }

  private Optional<StoredCheckpoint> newestAnchored(int log) throws StepFailed {
    try {
      return reader.newestAnchored(log);
    } catch (IllegalArgumentException e) {
      throw new StepFailed(Step.CHECKPOINT, "its row cannot be read: " + e.getMessage());
    }
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

  private static void require(@Nullable Failure failure) throws StepFailed {
    if (failure != null) {
      throw new StepFailed(failure.step(), failure.detail());
    }
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
