package org.sillok.anchor;

import java.util.List;
import java.util.Optional;
import org.sillok.ledger.AcceptedCheckpoint;
import org.sillok.ledger.Ledger;
import org.sillok.ledger.LogId;
import org.sillok.log.HeadWitness;

/**
 * The ledger as a witness of one log's heads. Throws what the ledger throws when it is away.
 * Thread-safe.
 */
public final class LedgerWitness implements HeadWitness {

  private final Ledger ledger;
  private final LogId log;

  public LedgerWitness(Ledger ledger, LogId log) {
    this.ledger = ledger;
    this.log = log;
  }

  @Override
  public Optional<Head> newest() {
    return ledger.checkpoints().latest(log).map(LedgerWitness::head);
  }

  @Override
  public List<Head> after(long size, int most) {
    return ledger.checkpoints().checkpointsAfter(log, size, most).stream()
        .map(LedgerWitness::head)
        .toList();
  }

  private static Head head(AcceptedCheckpoint accepted) {
    return new Head(accepted.head().size(), accepted.head().root(), accepted.receipt().toJson());
  }
}
