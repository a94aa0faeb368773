package org.sillok.log;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sillok.log.HeadWitness.Head;
import org.sillok.log.LogFinding.Kind;
import org.sillok.merkle.RootBuilder;
import org.sillok.merkle.TileException;
import org.sillok.merkle.TiledTree;
import org.sillok.note.Checkpoint;
import org.sillok.note.NoteException;

/**
 * Compares stored heads, in the order of their sizes, with the tree as it grows, and with the heads
 * that a witness has seen.
 */
final class CheckpointAudit {

  private static final int PAGE = 256;

  private final LogReader reader;
  private final int log;
  private final LogVkeys vkeys;
  private final HeadWitness witness;
  private final AuditFindings findings;
  private final Deque<StoredCheckpoint> stored = new ArrayDeque<>();
  private final Deque<Head> seen = new ArrayDeque<>();
  private long lastStored;
  private long lastSeen;
  private boolean storedEnd;
  private boolean seenEnd;

  /** No head is smaller that is not done yet; so most leaves cost one comparison. */
  private long due;

  private long compared;

  /**
   * @param from heads of so many leaves, and smaller ones, were compared before
   */
  CheckpointAudit(
      LogReader reader,
      int log,
      LogVkeys vkeys,
      HeadWitness witness,
      AuditFindings findings,
      long from) {
    this.reader = reader;
    this.log = log;
    this.vkeys = vkeys;
    this.witness = witness;
    this.findings = findings;
    this.lastStored = from == 0 ? Long.MIN_VALUE : from;
    this.lastSeen = from;
    this.due = lastStored;
  }

  long compared() {
    return compared;
  }

  /** Compares the heads of exactly the tree's present size; call it for each size. */
  void grown(RootBuilder tree) {
    if (tree.size() < due) {
      return;
    }
    StoredCheckpoint head = nextStored();
    Head there = nextSeen();
    while (sizeOf(head) <= tree.size() || sizeOf(there) <= tree.size()) {
      if (there != null && there.size() < sizeOf(head)) {
        wantStored(seen.remove());
      } else if (head != null) {
        compare(stored.remove(), tree, head.size() == sizeOf(there) ? seen.remove() : null);
      }
      head = nextStored();
      there = nextSeen();
    }
    due = Math.min(sizeOf(head), sizeOf(there));
  }

  private static long sizeOf(@Nullable StoredCheckpoint head) {
    return head == null ? Long.MAX_VALUE : head.size();
  }

  private static long sizeOf(@Nullable Head head) {
    return head == null ? Long.MAX_VALUE : head.size();
  }

  /**
   * Looks at what is left when the tree has its full size.
   *
   * @param newest size of the newest head that had been seen before the tree's size was read
   */
  void ended(long size, long newest) {
    for (StoredCheckpoint next = nextStored(); next != null; next = nextStored()) {
      StoredCheckpoint head = stored.remove();
      if (head.size() > size && head.size() > reader.size(log)) {
        findings.add(Kind.CHECKPOINT_BEYOND_TREE, head.size(), "tree of " + size + " leaves");
      }
    }
    for (Head next = nextSeen(); next != null && next.size() <= newest; next = nextSeen()) {
      wantStored(seen.remove());
    }
  }

  private @Nullable StoredCheckpoint nextStored() {
    if (stored.isEmpty() && !storedEnd) {
      stored.addAll(reader.checkpointsAfter(log, lastStored, PAGE));
      storedEnd = stored.size() < PAGE;
      if (!stored.isEmpty()) {
        lastStored = stored.getLast().size();
      }
    }
    return stored.peek();
  }

  private @Nullable Head nextSeen() {
    if (seen.isEmpty() && !seenEnd) {
      seen.addAll(witness.after(lastSeen, PAGE));
      seenEnd = seen.size() < PAGE;
      if (!seen.isEmpty()) {
        lastSeen = seen.getLast().size();
      }
    }
    return seen.peek();
  }

  /** A head may have been stored since the stored ones were read. */
  private void wantStored(Head head) {
    Optional<StoredCheckpoint> now = reader.checkpointAt(log, head.size());
    if (now.isEmpty()) {
      findings.add(Kind.CHECKPOINT_MISSING, head.size(), "the ledger has accepted " + head.root());
    } else if (!now.get().root().equals(head.root())) {
      differs(now.get(), head);
    }
  }

  private void differs(StoredCheckpoint head, Head there) {
    findings.add(
        Kind.LEDGER_DIFFERS,
        head.size(),
        "stored " + head.root() + ", the ledger has " + there.root());
  }

  private void compare(StoredCheckpoint head, RootBuilder tree, @Nullable Head there) {
    compared++;
    if (head.size() != tree.size() || !(head.root().equals(tree.root()) || isRootOfTiles(head))) {
      findings.add(
          Kind.CHECKPOINT_ROOT_DIFFERS,
          head.size(),
          "stored " + head.root() + ", entries give " + tree.root());
    }
    checkNote(head);
    compareWithLedger(head, there);
  }

  /** Whether it is right if the tiles are: then what differs is an entry, named as such. */
  private boolean isRootOfTiles(StoredCheckpoint stored) {
    try {
      return new TiledTree(reader.tiles(log)).root(stored.size()).equals(stored.root());
    } catch (TileException e) {
      return false;
    }
  }

  private void checkNote(StoredCheckpoint stored) {
    try {
      Checkpoint signed = vkeys.open(stored.note());
      if (signed.size() != stored.size() || !signed.root().equals(stored.root())) {
        findings.add(
            Kind.CHECKPOINT_NOTE_INVALID,
            stored.size(),
            "the note is of size " + signed.size() + " and root " + signed.root());
      }
    } catch (NoteException e) {
      findings.add(Kind.CHECKPOINT_NOTE_INVALID, stored.size(), String.valueOf(e.getMessage()));
    }
  }

  private void compareWithLedger(StoredCheckpoint head, @Nullable Head there) {
    if (there == null) {
      if (head.receipt().isPresent() && witness != HeadWitness.NONE && !isSeenNow(head)) {
        findings.add(Kind.LEDGER_DIFFERS, head.size(), "the ledger has no head of this size");
      }
    } else if (!there.root().equals(head.root())) {
      differs(head, there);
    } else if (head.receipt().isPresent() && !there.receipt().equals(head.receipt().get())) {
      findings.add(Kind.LEDGER_DIFFERS, head.size(), "the stored receipt is not the ledger's");
    }
  }

  /** It may have been published since the seen ones were read. */
  private boolean isSeenNow(StoredCheckpoint head) {
    return witness.after(head.size() - 1, 1).stream()
        .anyMatch(there -> there.size() == head.size() && there.root().equals(head.root()));
  }
}
