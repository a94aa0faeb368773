package org.sillok.ledger.besu;

import java.util.List;
import java.util.Optional;
import org.sillok.ledger.AcceptedCheckpoint;
import org.sillok.ledger.Address;
import org.sillok.ledger.CheckpointRegistry;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.LedgerUnavailableException;
import org.sillok.ledger.LogId;
import org.sillok.ledger.LogRecord;
import org.sillok.ledger.Receipt;
import org.sillok.ledger.TreeHead;
import org.sillok.ledger.besu.abi.Calls;
import org.sillok.ledger.besu.send.Write;
import org.sillok.merkle.ConsistencyProof;

record BesuCheckpoints(Chain chain) implements CheckpointRegistry {

  /** How often another head of the same hospital may have been in flight. */
  private static final int ATTEMPTS = 10;

  /** One head of a hospital is in flight at a time, so each round asks anew what there is to do. */
  @Override
  public Receipt publish(Address sender, LogId log, TreeHead head, ConsistencyProof proof) {
    if (proof.to() != head.size()) {
      throw new IllegalArgumentException(
          "the proof leads to size " + proof.to() + ", the head has " + head.size());
    }
    Write write =
        new Write(
            sender,
            chain.file().checkpoints(),
            Calls.publish(log, head, proof),
            "publish " + log.hospital());
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      long seen = chain.follower().catchUp().blockNumber();
      chain.sender().attempt(write);
      Optional<AcceptedCheckpoint> accepted = chain.follower().checkpoint(log, head.size());
      if (accepted.isPresent()) {
        return accepted.get().receipt();
      }
      chain.sender().send(write, seen).ifPresent(mined -> chain.await(mined.blockNumber()));
    }
    throw new LedgerUnavailableException(
        "other heads of " + log.hospital() + " are published all the time", null);
  }

  @Override
  public Optional<AcceptedCheckpoint> latest(LogId log) {
    return chain
        .now()
        .log(log)
        .flatMap(found -> chain.follower().checkpoint(log, found.head().size()));
  }

  @Override
  public Optional<AcceptedCheckpoint> checkpointAt(LogId log, long size) {
    chain.follower().catchUp();
    return chain.follower().checkpoint(log, size);
  }

  @Override
  public List<AcceptedCheckpoint> checkpointsAfter(LogId log, long size, int most) {
    chain.follower().catchUp();
    return chain.follower().checkpointsAfter(log, size, most);
  }

  @Override
  public Optional<LogRecord> log(LogId log) {
    return chain.now().log(log);
  }

  @Override
  public List<LogRecord> logs(HospitalId hospital) {
    return chain.now().logs(hospital);
  }
}
