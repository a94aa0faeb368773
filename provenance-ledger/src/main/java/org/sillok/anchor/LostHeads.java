package org.sillok.anchor;

import java.util.Optional;
import org.sillok.ledger.AcceptedCheckpoint;
import org.sillok.ledger.CheckpointRegistry;
import org.sillok.ledger.TreeHead;
import org.sillok.log.KeyFileException;
import org.sillok.log.LogReader;
import org.sillok.merkle.TileException;
import org.sillok.merkle.TiledTree;

/**
 * Compares what a server remembers of its log's heads with what the database and the ledger know.
 * The sentences stay the same while the log grows. Thread-safe.
 */
public final class LostHeads {

  private static final String ADVICE =
      ". Its newest part was cut off, or it was restored from an older backup, or it is another"
          + " database. Restore the newest backup; docs/operations.md (A database that knows less)"
          + " says what to do if there is none";

  private final HeadMemory memory;
  private final LogReader reader;

  public LostHeads(HeadMemory memory, LogReader reader) {
    this.memory = memory;
    this.reader = reader;
  }

  /**
   * What the log lacks, or why that cannot be told; empty if nothing. Tiles that are broken are
   * left to whoever reads them.
   */
  public Optional<String> inLog() {
    try {
      return memory.newest().filter(this::isLost).map(this::lostHead);
    } catch (KeyFileException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /**
   * What the ledger lacks; empty if nothing. To be asked after {@link #inLog}.
   *
   * @throws org.sillok.log.KeyFileException if what is remembered cannot be read
   * @throws org.sillok.ledger.LedgerUnavailableException if it cannot be asked
   */
  public Optional<String> inLedger(CheckpointRegistry checkpoints) {
    Optional<AcceptedCheckpoint> kept = memory.newest();
    return kept.isEmpty()
            || kept.equals(checkpoints.checkpointAt(kept.get().log(), kept.get().head().size()))
        ? Optional.empty()
        : Optional.of(
            "the ledger does not have the head of "
                + kept.get().head().size()
                + " leaves, with root "
                + kept.get().head().root()
                + " in block "
                + kept.get().receipt().blockNumber()
                + ", which this server knows that it has accepted"
                + ADVICE);
  }

  private boolean isLost(AcceptedCheckpoint kept) {
    int log = kept.log().number();
    TreeHead head = kept.head();
    if (reader.size(log) < head.size()) {
      return true;
    }
    try {
      return !new TiledTree(reader.tiles(log)).root(head.size()).equals(head.root())
          && !hasHead(log, head);
    } catch (TileException e) {
      return false;
    }
  }

  /** Then a tile was changed, and not the log: that is for whoever checks tiles. */
  private boolean hasHead(int log, TreeHead head) {
    return reader
        .checkpointAt(log, head.size())
        .filter(stored -> stored.root().equals(head.root()))
        .isPresent();
  }

  private String lostHead(AcceptedCheckpoint kept) {
    return "the database does not have the tree of "
        + kept.head().size()
        + " leaves, with root "
        + kept.head().root()
        + ", which this server knows that the ledger has accepted"
        + ADVICE;
  }
}
