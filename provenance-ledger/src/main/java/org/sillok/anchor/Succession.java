package org.sillok.anchor;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.sillok.ledger.AcceptedCheckpoint;
import org.sillok.ledger.CheckpointRegistry;
import org.sillok.ledger.Hospital;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.Ledger;
import org.sillok.ledger.LogId;
import org.sillok.ledger.LogRecord;
import org.sillok.ledger.LogVkey;
import org.sillok.ledger.TreeHead;
import org.sillok.log.CheckpointTable;
import org.sillok.log.LogBreak;
import org.sillok.log.LogChange;
import org.sillok.log.LogReader;
import org.sillok.log.OpenLog;
import org.sillok.log.StoredCheckpoint;
import org.sillok.merkle.TileException;
import org.sillok.merkle.TiledTree;
import org.sillok.note.SignerKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the server follow what the ledger says about its log: which key signs, and which log is open.
 * A closed log keeps the leaves that the ledger can still vouch for; what was written behind them
 * goes to the successor. For one thread.
 */
final class Succession {

  private static final Logger LOG = LoggerFactory.getLogger(Succession.class);
  private static final int PAGE = 256;

  private final OpenLog log;
  private final LogReader reader;
  private final CheckpointTable checkpoints;
  private final LogChange change;
  private final Ledger ledger;
  private final HospitalId hospital;

  Succession(
      DataSource dataSource,
      OpenLog log,
      CheckpointTable checkpoints,
      Ledger ledger,
      HospitalId hospital,
      InstantSource clock) {
    this.log = log;
    this.reader = new LogReader(dataSource, log.mac());
    this.checkpoints = checkpoints;
    this.change = new LogChange(dataSource, log, clock);
    this.ledger = ledger;
    this.hospital = hospital;
  }

  /**
   * @throws IllegalStateException if the key that the ledger names is not in the data directory
   */
  void follow() {
    Optional<LogVkey> named = ledger.hospitals().hospital(hospital).map(Hospital::logVkey);
    if (named.isEmpty() || named.get().text().equals(log.vkey().toString())) {
      return;
    }
    LogVkey want = named.get();
    while (!want.origin().equals(log.origin())) {
      succeed(want);
    }
    if (!want.text().equals(log.vkey().toString())) {
      change.sign(key(want));
      LOG.info("The heads of log {} are signed with the key {} from now on", log.number(), want);
    }
  }

  private SignerKey key(LogVkey want) {
    return change.key(want.text()).orElseThrow(() -> noKey("the key " + want));
  }

  private static IllegalStateException noKey(String want) {
    return new IllegalStateException(
        "the ledger names "
            + want
            + " for this hospital's log, and no log*.key in the data directory has it; put the file"
            + " there. Nothing is published meanwhile");
  }

  private void succeed(LogVkey newest) {
    CheckpointRegistry registry = ledger.checkpoints();
    LogId closed = new LogId(hospital, log.number());
    LogRecord next =
        registry
            .log(closed.next())
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "the ledger has "
                            + newest.origin()
                            + " for this hospital's log, and no log after "
                            + closed
                            + ", which is "
                            + log.origin()));
    SignerKey key =
        next.origin().equals(newest.origin())
            ? key(newest)
            : change.keyOf(next.origin()).orElseThrow(() -> noKey("a key of " + next.origin()));
    TreeHead last = next.predecessorHead() == null ? TreeHead.EMPTY : next.predecessorHead();
    LogBreak where =
        new LogBreak(closed.number(), kept(registry, closed), last.size(), last.root());
    change.succeed(where, key);
    LOG.warn("{}; log {} is open now, as {}", where, log.number(), log.origin());
  }

  /** The size of the newest head that the ledger has accepted of the tree that is here. */
  private long kept(CheckpointRegistry registry, LogId closed) {
    long size = reader.size(closed.number());
    TiledTree tree = new TiledTree(reader.tiles(closed.number()));
    long kept =
        reader
            .newestAnchored(closed.number())
            .map(StoredCheckpoint::size)
            .flatMap(stored -> registry.checkpointAt(closed, stored))
            .filter(accepted -> isOf(tree, size, accepted.head()))
            .map(accepted -> accepted.head().size())
            .orElse(0L);
    while (true) {
      List<AcceptedCheckpoint> more = registry.checkpointsAfter(closed, kept, PAGE);
      for (AcceptedCheckpoint accepted : more) {
        if (!isOf(tree, size, accepted.head())) {
          return kept;
        }
        kept = accepted.head().size();
        // As after a crash between publishing and storing the receipt.
        checkpoints.sign(kept, accepted.head().root());
        checkpoints.anchored(kept, accepted.head().root(), accepted.receipt().toJson());
      }
      if (more.isEmpty()) {
        return kept;
      }
    }
  }

  private static boolean isOf(TiledTree tree, long size, TreeHead head) {
    try {
      return head.size() <= size && tree.root(head.size()).equals(head.root());
    } catch (TileException e) {
      return false;
    }
  }
}
