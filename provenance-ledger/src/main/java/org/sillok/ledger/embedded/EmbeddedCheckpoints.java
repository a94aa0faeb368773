package org.sillok.ledger.embedded;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.sillok.ledger.AcceptedCheckpoint;
import org.sillok.ledger.Address;
import org.sillok.ledger.CheckpointRegistry;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.LogId;
import org.sillok.ledger.LogRecord;
import org.sillok.ledger.Receipt;
import org.sillok.ledger.TreeHead;
import org.sillok.ledger.block.LedgerTransaction;
import org.sillok.merkle.ConsistencyProof;

record EmbeddedCheckpoints(Chain chain) implements CheckpointRegistry {

  @Override
  public Receipt publish(Address sender, LogId log, TreeHead head, ConsistencyProof proof) {
    if (proof.to() != head.size()) {
      throw new IllegalArgumentException(
          "the proof leads to size " + proof.to() + ", the head has " + head.size());
    }
    return chain.write(
        sender, new LedgerTransaction.Publish(log, head, proof.from(), proof.path()));
  }

  @Override
  public Optional<AcceptedCheckpoint> latest(LogId log) {
    return chain.read(
        state ->
            state
                .find(Table.LOGS, Table.item(log))
                .flatMap(found -> at(state, log, found.head().size())));
  }

  @Override
  public Optional<AcceptedCheckpoint> checkpointAt(LogId log, long size) {
    return chain.read(state -> at(state, log, size));
  }

  @Override
  public List<AcceptedCheckpoint> checkpointsAfter(LogId log, long size, int most) {
    return chain.read(
        state ->
            state.after(Table.CHECKPOINTS, log + "/", Table.item(log, Math.max(size, 0)), most));
  }

  @Override
  public Optional<LogRecord> log(LogId log) {
    return chain.read(state -> state.find(Table.LOGS, Table.item(log)));
  }

  @Override
  public List<LogRecord> logs(HospitalId hospital) {
    return chain.read(state -> state.all(Table.LOGS)).stream()
        .filter(log -> log.id().hospital().equals(hospital))
        .sorted(Comparator.comparingInt(log -> log.id().number()))
        .toList();
  }

  private static Optional<AcceptedCheckpoint> at(State state, LogId log, long size) {
    return state.find(Table.CHECKPOINTS, Table.item(log, size));
  }
}
