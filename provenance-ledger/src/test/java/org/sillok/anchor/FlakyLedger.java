package org.sillok.anchor;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.sillok.ledger.AcceptedCheckpoint;
import org.sillok.ledger.Address;
import org.sillok.ledger.CheckpointRegistry;
import org.sillok.ledger.ConsentRegistry;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.HospitalRegistry;
import org.sillok.ledger.Ledger;
import org.sillok.ledger.LedgerHead;
import org.sillok.ledger.LedgerInfo;
import org.sillok.ledger.LedgerUnavailableException;
import org.sillok.ledger.LogId;
import org.sillok.ledger.LogRecord;
import org.sillok.ledger.Receipt;
import org.sillok.ledger.TreeHead;
import org.sillok.merkle.ConsistencyProof;
import org.sillok.merkle.Hash;

/** A ledger that can be away, hang, or lose its answer. */
final class FlakyLedger implements Ledger, CheckpointRegistry {

  private final Ledger real;
  volatile boolean away;
  volatile boolean losesAnswers;
  volatile CountDownLatch hangs = new CountDownLatch(0);
  volatile Runnable beforePublish = () -> {};
  volatile long shownUpTo = Long.MAX_VALUE;
  volatile int published;
  volatile int calls;

  FlakyLedger(Ledger real) {
    this.real = real;
  }

  private CheckpointRegistry reach() {
    calls++;
    try {
      hangs.await();
    } catch (InterruptedException e) {
      throw new LedgerUnavailableException("interrupted", e);
    }
    if (away) {
      throw new LedgerUnavailableException("no route to the ledger", new IOException());
    }
    return real.checkpoints();
  }

  @Override
  public Receipt publish(Address sender, LogId log, TreeHead head, ConsistencyProof proof) {
    beforePublish.run();
    Receipt receipt = reach().publish(sender, log, head, proof);
    published++;
    if (losesAnswers) {
      throw new LedgerUnavailableException("connection reset", new IOException());
    }
    return receipt;
  }

  @Override
  public Optional<AcceptedCheckpoint> latest(LogId log) {
    CheckpointRegistry registry = reach();
    Optional<AcceptedCheckpoint> latest = registry.latest(log);
    return latest.isPresent() && latest.get().head().size() > shownUpTo
        ? registry.checkpointAt(log, shownUpTo)
        : latest;
  }

  @Override
  public List<AcceptedCheckpoint> checkpointsAfter(LogId log, long size, int most) {
    return reach().checkpointsAfter(log, size, most);
  }

  @Override
  public Optional<AcceptedCheckpoint> checkpointAt(LogId log, long size) {
    return reach().checkpointAt(log, size);
  }

  @Override
  public Optional<LogRecord> log(LogId log) {
    return reach().log(log);
  }

  @Override
  public List<LogRecord> logs(HospitalId hospital) {
    return reach().logs(hospital);
  }

  @Override
  public CheckpointRegistry checkpoints() {
    return this;
  }

  @Override
  public LedgerInfo info() {
    return real.info();
  }

  @Override
  public LedgerHead head() {
    return real.head();
  }

  @Override
  public HospitalRegistry hospitals() {
    return real.hospitals();
  }

  @Override
  public ConsentRegistry consents() {
    return real.consents();
  }

  @Override
  public Optional<Receipt> receipt(Hash transaction) {
    return real.receipt(transaction);
  }

  @Override
  public Optional<String> blockText(Receipt receipt) {
    return real.blockText(receipt);
  }
}
