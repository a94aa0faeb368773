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
  private final long end;

  public LedgerWitness(Ledger ledger, LogId log) {
    this(ledger, log, Long.MAX_VALUE);
  }

  /**
   * @param end size of an accepted head, or 0: larger ones are left out, as those of a closed log
   *     whose last leaves are lost
   */
  public LedgerWitness(Ledger ledger, LogId log, long end) {
    this.ledger = ledger;
    this.log = log;
    this.end = end;
  }

  @Override
  public Optional<Head> newest() {
    Optional<AcceptedCheckpoint> newest =
        end == Long.MAX_VALUE
            ? ledger.checkpoints().latest(log)
            : ledger.checkpoints().checkpointAt(log, end);
    return newest.map(LedgerWitness::head);
  }

  @Override
  public List<Head> after(long size, int most) {
    return ledger.checkpoints().checkpointsAfter(log, size, most).stream()
        .filter(accepted -> accepted.head().size() <= end)
        .map(LedgerWitness::head)
        .toList();
  }

  private static Head head(AcceptedCheckpoint accepted) {
    return new Head(accepted.head().size(), accepted.head().root(), accepted.receipt().toJson());
  }
}
