package org.sillok.log;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sillok.log.LogFinding.Kind;
import org.sillok.merkle.RootBuilder;
import org.sillok.merkle.TileException;
import org.sillok.merkle.TiledTree;
import org.sillok.note.Checkpoint;
import org.sillok.note.NoteException;
import org.sillok.note.SignedNote;
import org.sillok.note.VerifierKey;

/** Compares stored heads, in the order of their sizes, with the tree as it grows. */
final class CheckpointAudit {

  private static final int PAGE = 256;

  private final LogReader reader;
  private final int log;
  private final VerifierKey vkey;
  private final HeadWitness witness;
  private final AuditFindings findings;
  private final Deque<StoredCheckpoint> page = new ArrayDeque<>();
  private long last = Long.MIN_VALUE;
  private boolean end;
  private long compared;

  CheckpointAudit(
      LogReader reader, int log, VerifierKey vkey, HeadWitness witness, AuditFindings findings) {
    this.reader = reader;
    this.log = log;
    this.vkey = vkey;
    this.witness = witness;
    this.findings = findings;
  }

  long compared() {
    return compared;
  }

  /** Compares the heads of exactly the tree's present size; call it for each size. */
  void grown(RootBuilder tree) {
    for (StoredCheckpoint next = next();
        next != null && next.size() <= tree.size();
        next = next()) {
      compare(page.remove(), tree);
    }
  }

  /** Looks at what is left when the tree has its full size. */
  void ended(long size) {
    for (StoredCheckpoint next = next(); next != null; next = next()) {
      StoredCheckpoint stored = page.remove();
      if (stored.size() > size && stored.size() > reader.size(log)) {
        findings.add(Kind.CHECKPOINT_BEYOND_TREE, stored.size(), "tree of " + size + " leaves");
      }
    }
  }

  private @Nullable StoredCheckpoint next() {
    if (page.isEmpty() && !end) {
      page.addAll(reader.checkpointsAfter(log, last, PAGE));
      end = page.size() < PAGE;
      if (!page.isEmpty()) {
        last = page.getLast().size();
      }
    }
    return page.peek();
  }

  private void compare(StoredCheckpoint stored, RootBuilder tree) {
    compared++;
    if (stored.size() != tree.size()
        || !(stored.root().equals(tree.root()) || isRootOfTiles(stored))) {
      findings.add(
          Kind.CHECKPOINT_ROOT_DIFFERS,
          stored.size(),
          "stored " + stored.root() + ", entries give " + tree.root());
    }
    checkNote(stored);
    if (stored.receipt().isPresent() && witness != HeadWitness.NONE) {
      compareWithLedger(stored, stored.receipt().get());
    }
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
      Checkpoint signed = Checkpoint.open(SignedNote.parse(stored.note()), vkey);
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

  private void compareWithLedger(StoredCheckpoint stored, String receipt) {
    Optional<HeadWitness.Head> seen = witness.at(stored.size());
    if (seen.isEmpty()) {
      findings.add(Kind.LEDGER_DIFFERS, stored.size(), "the ledger has no head of this size");
    } else if (!seen.get().root().equals(stored.root())) {
      findings.add(
          Kind.LEDGER_DIFFERS,
          stored.size(),
          "stored " + stored.root() + ", the ledger has " + seen.get().root());
    } else if (!seen.get().receipt().equals(receipt)) {
      findings.add(Kind.LEDGER_DIFFERS, stored.size(), "the stored receipt is not the ledger's");
    }
  }
}
