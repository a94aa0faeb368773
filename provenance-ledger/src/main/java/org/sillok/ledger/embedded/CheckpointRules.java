package org.sillok.ledger.embedded;

import org.sillok.ledger.AcceptedCheckpoint;
import org.sillok.ledger.Hospital;
import org.sillok.ledger.LedgerRefusedException;
import org.sillok.ledger.LogId;
import org.sillok.ledger.LogRecord;
import org.sillok.ledger.Receipt;
import org.sillok.ledger.Rule;
import org.sillok.ledger.TreeHead;
import org.sillok.ledger.block.Block;
import org.sillok.ledger.block.LedgerTransaction.Publish;
import org.sillok.merkle.ConsistencyProof;
import org.sillok.merkle.ProofException;

/** A log only grows. */
final class CheckpointRules {

  private final State state;

  CheckpointRules(State state) {
    this.state = state;
  }

  static Receipt publish(Block block, State state, Publish publish) {
    Hospital hospital = new Members(state).publishedBy(block.from(), publish.log().hospital());
    Members.requireActive(hospital);
    return new CheckpointRules(state).publish(block, publish);
  }

  private Receipt publish(Block block, Publish publish) {
    LogRecord log = known(publish.log());
    TreeHead head = publish.head();
    if (head.size() == 0) {
      throw new LedgerRefusedException(Rule.CHECKPOINT_EMPTY, 0, "at least one leaf");
    }
    if (head.size() <= log.head().size()) {
      return earlier(log, head);
    }
    requireOpen(log);
    requireExtension(log.head(), publish);
    state.put(Table.LOGS, Table.item(log.id()), log.withHead(head));
    state.put(
        Table.CHECKPOINTS,
        Table.item(log.id(), head.size()),
        new AcceptedCheckpoint(log.id(), head, block.receipt()));
    return block.receipt();
  }

  LogRecord known(LogId id) {
    return state
        .find(Table.LOGS, Table.item(id))
        .orElseThrow(
            () -> new LedgerRefusedException(Rule.LOG_UNKNOWN, id, "a log of " + id.hospital()));
  }

  static void requireOpen(LogRecord log) {
    if (!log.open()) {
      throw new LedgerRefusedException(Rule.LOG_CLOSED, log.id(), "the open log");
    }
  }

  private Receipt earlier(LogRecord log, TreeHead head) {
    AcceptedCheckpoint accepted =
        state
            .find(Table.CHECKPOINTS, Table.item(log.id(), head.size()))
            .orElseThrow(
                () ->
                    new LedgerRefusedException(
                        Rule.CHECKPOINT_SHRINKS, head.size(), "more than " + log.head().size()));
    if (!accepted.head().equals(head)) {
      throw new LedgerRefusedException(Rule.CHECKPOINT_CONFLICTS, head, accepted.head());
    }
    return accepted.receipt();
  }

  private static void requireExtension(TreeHead old, Publish publish) {
    if (publish.from() != old.size()) {
      throw new LedgerRefusedException(Rule.CHECKPOINT_STALE_SIZE, publish.from(), old.size());
    }
    TreeHead head = publish.head();
    try {
      new ConsistencyProof(old.size(), head.size(), publish.proof())
          .verify(old.root(), head.root());
    } catch (ProofException e) {
      throw new LedgerRefusedException(
          Rule.CONSISTENCY_PROOF_INVALID,
          head,
          "a tree that extends " + old + " (" + e.getMessage() + ")");
    }
  }
}
