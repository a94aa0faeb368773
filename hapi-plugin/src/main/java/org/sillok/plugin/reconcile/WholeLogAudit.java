package org.sillok.plugin.reconcile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.sillok.anchor.LedgerWitness;
import org.sillok.ledger.Ledger;
import org.sillok.ledger.LedgerUnavailableException;
import org.sillok.ledger.LogRecord;
import org.sillok.ledger.Receipt;
import org.sillok.log.AuditStep;
import org.sillok.log.Entry;
import org.sillok.log.EntryFormatException;
import org.sillok.log.HeadWitness;
import org.sillok.log.LogAudit;
import org.sillok.log.LogBreak;
import org.sillok.log.LogFinding;
import org.sillok.log.LogReader;
import org.sillok.log.OpenLog;
import org.sillok.log.StoredCheckpoint;
import org.sillok.log.StoredEntry;
import org.sillok.merkle.CompactRange;
import org.sillok.reconcile.Finding;
import org.sillok.reconcile.LogState;
import org.sillok.verification.Logs;
import org.sillok.verification.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Audits all logs of this hospital with the ledger as their witness, and the ledger itself. What it
 * finds is only told if a second look finds it as well; what the walk over the entries tells, entry
 * by entry and version by version, is left to that. Thread-safe.
 */
final class WholeLogAudit {

  private static final Logger LOG = LoggerFactory.getLogger(WholeLogAudit.class);
  private static final int LONGEST_SUBJECT = 200;

  /** In one step: well below a second, and little beside what a lease allows. */
  private static final long LEAVES = 65_536;

  private final DataSource dataSource;
  private final OpenLog open;
  private final LogReader reader;
  private final Ledger ledger;
  private final Logs logs;
  private final Function<Collection<Receipt>, List<String>> ledgerCheck;
  private final Runnable pause;

  /**
   * @param ledgerCheck looks at the ledger as a whole; given receipts of this hospital, says what
   *     is wrong with it
   */
  WholeLogAudit(
      DataSource dataSource,
      OpenLog open,
      LogReader reader,
      Ledger ledger,
      Logs logs,
      Function<Collection<Receipt>, List<String>> ledgerCheck,
      Runnable pause) {
    this.dataSource = dataSource;
    this.open = open;
    this.reader = reader;
    this.ledger = ledger;
    this.logs = logs;
    this.ledgerCheck = ledgerCheck;
    this.pause = pause;
  }

  /**
   * Some more leaves of one log, and after the last of them what concerns the logs and the ledger
   * as a whole.
   *
   * @param from what the step before gave as next; empty to begin
   */
  LogState.Audited step(String from) {
    int log = from.isEmpty() ? 1 : Integer.parseInt(from.substring(0, from.indexOf(' ')));
    CompactRange done =
        from.isEmpty()
            ? CompactRange.EMPTY
            : CompactRange.parse(from.substring(from.indexOf(' ') + 1));
    if (done.size() > reader.size(log)) {
      done = CompactRange.EMPTY; // The log was closed meanwhile, and keeps less.
    }
    Look look = look(log, done);
    if (!look.findings.isEmpty()) {
      pause.run();
      Look second = look(log, done);
      second.findings.keySet().retainAll(look.findings.keySet());
      look = second;
    }
    return new LogState.Audited(List.copyOf(look.findings.values()), look.next);
  }

  /** The first finding of each subject; the others of it only follow from that. */
  private record Look(Map<String, Finding> findings, String next) {}

  private Look look(int log, CompactRange from) {
    Map<String, Finding> findings = new LinkedHashMap<>();
    AuditStep step = audit(log, from, findings);
    if (!step.ended()) {
      return new Look(findings, log + " " + step.done());
    }
    if (log < open.number()) {
      closed(log, findings);
      return new Look(findings, log + 1 + " " + CompactRange.EMPTY);
    }
    checkLedger(findings);
    return new Look(findings, "");
  }

  /** What the ledger has of a closed log, and this database has not. */
  private void closed(int log, Map<String, Finding> findings) {
    try {
      ledger
          .checkpoints()
          .log(logs.id(log + 1))
          .map(LogRecord::predecessorHead)
          .map(last -> new LogBreak(log, reader.size(log), last.size(), last.root()))
          .filter(LogBreak::lost)
          .map(Finding::of)
          .ifPresent(finding -> findings.putIfAbsent(finding.subject(), finding));
    } catch (LedgerUnavailableException e) {
      LOG.debug("The next walk asks the ledger again");
    }
  }

  private void checkLedger(Map<String, Finding> findings) {
    List<Receipt> receipts = new ArrayList<>();
    for (int log = 1; log <= open.number(); log++) {
      newestReceipt(log, receipts);
    }
    for (String wrong : ledgerCheck.apply(receipts)) {
      String subject =
          wrong.length() <= LONGEST_SUBJECT ? wrong : wrong.substring(0, LONGEST_SUBJECT);
      findings.putIfAbsent(subject, new Finding(Step.LEDGER, subject, null, wrong));
    }
  }

  private AuditStep audit(int log, CompactRange from, Map<String, Finding> findings) {
    try {
      return audit(log, from, witness(log), findings);
    } catch (LedgerUnavailableException e) {
      LOG.info("The ledger cannot be asked; the log is compared with it in the next walk");
      return audit(log, from, HeadWitness.NONE, findings);
    }
  }

  private HeadWitness witness(int log) {
    return log < open.number()
        ? new LedgerWitness(ledger, logs.id(log), reader.size(log))
        : new LedgerWitness(ledger, logs.id(log));
  }

  private AuditStep audit(
      int log, CompactRange from, HeadWitness witness, Map<String, Finding> findings) {
    return new LogAudit(dataSource, log, logs.keys(log), open.mac(), witness)
        .step(
            from,
            LEAVES,
            LogAudit.Depth.TREE,
            wrong -> {
              Finding finding = finding(log, wrong);
              if (finding != null) {
                findings.putIfAbsent(finding.subject(), finding);
              }
            });
  }

  private @Nullable Finding finding(int log, LogFinding wrong) {
    String at = "log " + log;
    return switch (wrong.kind()) {
      case PLACE_EMPTY ->
          new Finding(
              Step.LEAF,
              at + " leaf " + wrong.position(),
              null,
              wrong.detail() + before(log, wrong.position()));
      case PLACE_TAKEN_TWICE -> finding(Step.LEAF, at + " leaf ", wrong);
      case TILE_INCOMPLETE, TILE_DIFFERS, TILE_SURPLUS ->
          finding(Step.INCLUSION, at + " tile over leaf ", wrong);
      case CHECKPOINT_ROOT_DIFFERS,
          CHECKPOINT_NOTE_INVALID,
          CHECKPOINT_BEYOND_TREE,
          CHECKPOINT_MISSING ->
          finding(Step.CHECKPOINT, at + " checkpoint ", wrong);
      case LEDGER_DIFFERS -> finding(Step.LEDGER, at + " checkpoint ", wrong);
      case PLACE_OUTSIDE,
          ENTRY_MALFORMED,
          ENTRY_COLUMNS_DIFFER,
          ENTRY_MAC_INVALID,
          ENTRY_SET_ASIDE,
          SECOND_BIRTH,
          LEAF_DIFFERS ->
          null;
    };
  }

  /** All that can be said of an entry that is gone: which one came before it, and when that was. */
  private String before(int log, long index) {
    return index == 0 ? "" : reader.at(log, index - 1).map(WholeLogAudit::named).orElse("");
  }

  private static String named(StoredEntry entry) {
    try {
      Entry before = entry.entry();
      return "; the one before it tells of "
          + (before.subject() == null ? before.kind().code() : before.subject())
          + ", "
          + before.recorded();
    } catch (EntryFormatException e) {
      return "";
    }
  }

  private static Finding finding(Step step, String subject, LogFinding wrong) {
    return new Finding(step, subject + wrong.position(), null, wrong.detail());
  }

  private void newestReceipt(int log, List<Receipt> receipts) {
    try {
      reader
          .newestAnchored(log)
          .flatMap(StoredCheckpoint::receipt)
          .map(Receipt::ofJson)
          .ifPresent(receipts::add);
    } catch (IllegalArgumentException e) {
      LOG.debug("A damaged receipt is no witness: {}", e.getMessage());
    }
  }
}
