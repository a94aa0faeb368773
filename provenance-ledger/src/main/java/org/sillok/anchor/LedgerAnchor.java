package org.sillok.anchor;

import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.sillok.ledger.AcceptedCheckpoint;
import org.sillok.ledger.Address;
import org.sillok.ledger.CheckpointRegistry;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.Ledger;
import org.sillok.ledger.LedgerKind;
import org.sillok.ledger.LedgerRefusedException;
import org.sillok.ledger.LogId;
import org.sillok.ledger.Rule;
import org.sillok.ledger.TreeHead;
import org.sillok.log.CheckpointTable;
import org.sillok.log.KeyFileException;
import org.sillok.log.LogReader;
import org.sillok.log.OpenLog;
import org.sillok.log.StoredCheckpoint;
import org.sillok.merkle.ConsistencyProof;
import org.sillok.merkle.ProofException;
import org.sillok.merkle.TileException;
import org.sillok.merkle.TiledTree;
import org.sillok.note.Checkpoint;
import org.sillok.note.NoteException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the log's newest tree head when it is due. One head covers everything before it, so
 * after any time away one is enough.
 *
 * <p>A head is signed and stored before it is published, and what the ledger has is asked before
 * each attempt; so it may die between any two steps, and several servers may do this at once. It
 * tries for ever while the ledger is away. It stops, and says so, while the log does not extend
 * what the ledger has, or what this server remembers of that: to publish then would be to help
 * rewriting history. It looks again, ever more seldom, up to a minute apart, whether what was wrong
 * has been put right, or whether the members have closed that log and opened its successor, to
 * which it then goes on.
 */
public final class LedgerAnchor {

  private static final Logger LOG = LoggerFactory.getLogger(LedgerAnchor.class);

  /** Refusals that say that the ledger has another history of this log than its tiles. */
  private static final Set<Rule> OTHER_HISTORY =
      EnumSet.of(Rule.CHECKPOINT_CONFLICTS, Rule.CONSISTENCY_PROOF_INVALID);

  /** Refusals that only say that another server was quicker. */
  private static final Set<Rule> OTHER_SERVER =
      EnumSet.of(Rule.CHECKPOINT_STALE_SIZE, Rule.CHECKPOINT_SHRINKS);

  /** So often another server may have been quicker without a head of its to be seen. */
  private static final int BAD_LUCK = 3;

  private final OpenLog log;
  private final LogReader reader;
  private final CheckpointTable checkpoints;
  private final Ledger ledger;
  private final Address publisher;
  private final HospitalId hospital;
  private final Succession succession;
  private final HeadMemory memory;
  private final LostHeads lost;
  private final AnchorPolicy policy;
  private final InstantSource clock;
  private final BackOff backOff;
  private Instant lastPublished = Instant.MIN;
  private int overtaken;
  private long overtakenAt;
  private long taken;
  private boolean forgetful;
  private volatile AnchorState state = AnchorState.BEFORE_THE_FIRST_LOOK;

  /**
   * @param hospital what the ledger calls the hospital whose log it is
   * @param publisher the hospital's account that publishes
   * @param memory what is remembered outside of the database
   */
  public LedgerAnchor(
      DataSource dataSource,
      OpenLog log,
      Ledger ledger,
      HospitalId hospital,
      Address publisher,
      HeadMemory memory,
      AnchorPolicy policy,
      InstantSource clock,
      RandomGenerator jitter) {
    this.log = log;
    this.reader = new LogReader(dataSource, log.mac());
    this.checkpoints = new CheckpointTable(dataSource, log, clock);
    this.ledger = ledger;
    this.hospital = hospital;
    this.succession = new Succession(dataSource, log, checkpoints, ledger, hospital, clock);
    this.publisher = publisher;
    this.memory = memory;
    this.lost = new LostHeads(memory, reader);
    this.policy = policy;
    this.clock = clock;
    this.backOff = new BackOff(jitter);
  }

  /** The newest state; never waits. */
  public AnchorState state() {
    return state;
  }

  /**
   * Publishes if it is due. Call it every so often, much oftener than the policy's interval. What
   * goes wrong is in the state and not thrown.
   *
   * @return whether the ledger has accepted a head from this call
   */
  public synchronized boolean runOnce() {
    Instant now = clock.instant();
    try {
      look();
      if (!backOff.isOver(now) || !isDue(now)) {
        return false;
      }
      boolean published = publish();
      worked(now);
      return published;
    } catch (BrokenHistoryException e) {
      stop(String.valueOf(e.getMessage()), now);
    } catch (LedgerRefusedException e) {
      refused(e, now);
    } catch (RuntimeException e) {
      failed(String.valueOf(e.getMessage()), now);
    }
    return false;
  }

  private void look() {
    Optional<StoredCheckpoint> anchored = reader.newestAnchored(log.number());
    state =
        state.looked(
            reader.size(log.number()),
            anchored.map(StoredCheckpoint::size).orElse(0L),
            anchored.flatMap(StoredCheckpoint::anchoredAt),
            log.number() == 1 ? List.of() : reader.breaks());
  }

  /**
   * Also once after the start, and when leaves are gone, to be told of a broken history, and when
   * another server has gone on to the next log.
   */
  private boolean isDue(Instant now) {
    return state.stopped().isPresent()
        || lastPublished.equals(Instant.MIN)
        || reader.newestLog() > log.number()
        || state.treeSize() < state.anchoredSize()
        || state.anchoredSize() < taken
        || state.waiting() >= policy.batchSize()
        || (state.waiting() > 0 && !now.isBefore(lastPublished.plus(policy.interval())));
  }

  private boolean publish() throws BrokenHistoryException {
    int before = log.number();
    succession.follow();
    if (log.number() != before) {
      taken = 0;
    }
    refuse(lost.inLog());
    LogId logId = new LogId(hospital, log.number());
    CheckpointRegistry registry = ledger.checkpoints();
    Optional<AcceptedCheckpoint> accepted = registry.latest(logId);
    if (ledger.info().kind() == LedgerKind.EMBEDDED) {
      // A chain is in other hands, and its nodes may be behind what another server has met.
      refuse(lost.inLedger(registry));
    }
    TreeHead from = accepted.map(AcceptedCheckpoint::head).orElse(TreeHead.EMPTY);
    long size = reader.size(log.number());
    if (from.size() > size) {
      throw new BrokenHistoryException(
          "the ledger has accepted "
              + from.size()
              + " leaves of this log, and the database has only "
              + size
              + ": it was restored from an old backup, or leaves were deleted");
    }
    ConsistencyProof proof = extend(from, size, "the ledger's head");
    refuseToFork(size);
    if (accepted.isPresent()) {
      // After a crash between publishing and storing the receipt, or from another server.
      sign(from);
      take(accepted.get());
    }
    if (from.size() < size) {
      TreeHead head = new TreeHead(size, tree().root(size));
      sign(head);
      take(new AcceptedCheckpoint(logId, head, registry.publish(publisher, logId, head, proof)));
    }
    look();
    return from.size() < size;
  }

  private TiledTree tree() {
    return new TiledTree(reader.tiles(log.number()));
  }

  /** The proof from a head to the present size, checked as the ledger will check it. */
  private ConsistencyProof extend(TreeHead from, long size, String what)
      throws BrokenHistoryException {
    try {
      ConsistencyProof proof = tree().consistency(from.size(), size);
      proof.verify(from.root(), tree().root(size));
      return proof;
    } catch (ProofException | TileException e) {
      throw new BrokenHistoryException(
          "the log's tree does not extend "
              + what
              + " of size "
              + from.size()
              + ": "
              + e.getMessage());
    }
  }

  /** Never signs two heads of which one does not extend the other, published or not. */
  private void refuseToFork(long size) throws BrokenHistoryException {
    Optional<StoredCheckpoint> signed = reader.newestCheckpoint(log.number());
    if (signed.isEmpty() || !isOurs(signed.get())) {
      return;
    }
    TreeHead head = new TreeHead(signed.get().size(), signed.get().root());
    if (head.size() > size) {
      throw new BrokenHistoryException(
          "this server has signed a head of "
              + head.size()
              + " leaves, and the database has only "
              + size);
    }
    extend(head, size, "the head that this server has signed");
  }

  /** Whether the row says what the key has signed; a row that does not is the audit's business. */
  private boolean isOurs(StoredCheckpoint stored) {
    try {
      Checkpoint signed = log.vkeys().open(stored.note());
      return signed.size() == stored.size() && signed.root().equals(stored.root());
    } catch (NoteException e) {
      return false;
    }
  }

  private void sign(TreeHead head) throws BrokenHistoryException {
    StoredCheckpoint stored = checkpoints.sign(head.size(), head.root());
    if (!stored.root().equals(head.root())) {
      throw new BrokenHistoryException(
          "the stored head of size "
              + head.size()
              + " has root "
              + stored.root()
              + ", the tree has "
              + head.root());
    }
  }

  private void take(AcceptedCheckpoint accepted) {
    TreeHead head = accepted.head();
    checkpoints.anchored(head.size(), head.root(), accepted.receipt().toJson());
    taken = head.size();
    try {
      memory.keep(accepted);
      forgetful = false;
    } catch (KeyFileException e) {
      // The log is anchored all the same.
      if (!forgetful) {
        LOG.warn("A database that is set back would not be noticed: {}", e.getMessage());
      }
      forgetful = true;
    }
  }

  private static void refuse(Optional<String> broken) throws BrokenHistoryException {
    if (broken.isPresent()) {
      throw new BrokenHistoryException(broken.get());
    }
  }

  private void worked(Instant now) {
    if (state.failingSince().isPresent()) {
      LOG.info("The ledger is back; the log is anchored up to {} leaves", state.anchoredSize());
    }
    if (state.stopped().isPresent()) {
      LOG.warn("The log extends what the ledger has again, and is anchored again");
    }
    lastPublished = now;
    overtaken = 0;
    backOff.worked();
    state = state.worked();
  }

  private void refused(LedgerRefusedException e, Instant now) {
    if (OTHER_HISTORY.contains(e.rule())) {
      stop(String.valueOf(e.getMessage()), now);
    } else if (OTHER_SERVER.contains(e.rule())) {
      overtaken(String.valueOf(e.getMessage()), now);
    } else {
      failed(String.valueOf(e.getMessage()), now);
    }
  }

  /** A head that refuses ours, and that the ledger does not show, is not another server's. */
  private void overtaken(String refusal, Instant now) {
    LOG.debug("Another server has published meanwhile: {}", refusal);
    overtaken = state.anchoredSize() == overtakenAt ? overtaken + 1 : 1;
    overtakenAt = state.anchoredSize();
    if (overtaken >= BAD_LUCK) {
      failed("the ledger refuses what extends the newest head that it shows: " + refusal, now);
    }
  }

  private void failed(String error, Instant now) {
    if (state.failingSince().isEmpty()) {
      LOG.warn("The log cannot be anchored and is tried again; writes go on: {}", error);
    }
    if (backOff.isOver(now)) {
      backOff.failed(now);
    }
    state = state.failed(error, now);
  }

  private void stop(String reason, Instant now) {
    if (!state.stopped().equals(Optional.of(reason))) {
      LOG.error("The log is not anchored any more: {}", reason);
    }
    if (backOff.isOver(now)) {
      backOff.failed(now);
    }
    state = state.stoppedBy(reason);
  }
}
