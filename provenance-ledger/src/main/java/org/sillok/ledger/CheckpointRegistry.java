package org.sillok.ledger;

import java.util.List;
import java.util.Optional;
import org.sillok.merkle.ConsistencyProof;

/** The accepted tree heads of every hospital's logs. {@link Ledger} has the general contract. */
public interface CheckpointRegistry {

  /**
   * Publishes a tree head that extends the accepted one. A head that was accepted before is no
   * refusal: its first receipt comes back and nothing changes.
   *
   * @param proof from the accepted size (0 before the first) to {@code head.size()}
   * @throws IllegalArgumentException if {@code proof} leads to another size
   * @throws LedgerRefusedException by, in this order, {@code HOSPITAL_UNKNOWN}, {@code
   *     SENDER_NOT_PUBLISHER}, {@code HOSPITAL_NOT_ACTIVE}, {@code LOG_UNKNOWN}, {@code
   *     CHECKPOINT_EMPTY}, {@code CHECKPOINT_CONFLICTS}, {@code CHECKPOINT_SHRINKS}, {@code
   *     LOG_CLOSED}, {@code CHECKPOINT_STALE_SIZE}, {@code CONSISTENCY_PROOF_INVALID}
   */
  Receipt publish(Address sender, LogId log, TreeHead head, ConsistencyProof proof);

  /** The newest accepted head. */
  Optional<AcceptedCheckpoint> latest(LogId log);

  /** The head accepted for exactly this size. */
  Optional<AcceptedCheckpoint> checkpointAt(LogId log, long size);

  /**
   * The accepted heads of more than {@code size} leaves, smallest first: the first {@code most} of
   * them, of a closed log as well. Empty for an unknown log.
   */
  List<AcceptedCheckpoint> checkpointsAfter(LogId log, long size, int most);

  Optional<LogRecord> log(LogId log);

  /** The hospital's logs by number; only the last is open. Empty for an unknown hospital. */
  List<LogRecord> logs(HospitalId hospital);
}
