package org.sillok.verify.chain;

import static org.sillok.evidence.Steps.failed;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sillok.evidence.StepFailedException;
import org.sillok.evidence.Steps;
import org.sillok.ledger.Address;
import org.sillok.ledger.LogId;
import org.sillok.ledger.LogRecord;
import org.sillok.ledger.besu.abi.Events;
import org.sillok.ledger.besu.abi.LedgerEvent;
import org.sillok.ledger.besu.abi.Views;
import org.sillok.ledger.besu.rpc.ChainLog;
import org.sillok.ledger.besu.rpc.Message;
import org.sillok.ledger.besu.rpc.Node;
import org.sillok.note.VerifierKey;

/** What the chain knows of the log: its origin, whether it goes on, whose keys it had. */
final class LogSteps {

  /** What Besu gives in one answer unless it is told otherwise. */
  private static final long BLOCKS = 5000;

  private final Node node;
  private final LogId log;
  private final Address checkpoints;
  private final Address hospitals;
  private final Steps steps;

  LogSteps(Node node, LogId log, Address checkpoints, Address hospitals, Steps steps) {
    this.node = node;
    this.log = log;
    this.checkpoints = checkpoints;
    this.hospitals = hospitals;
    this.steps = steps;
  }

  /** The log's own record, and the breaks before and after it. */
  void record(String origin) throws StepFailedException {
    LogRecord record =
        record(log).orElseThrow(() -> failed("log", "the chain has no " + log, "a log"));
    steps.compare(
        "log",
        record.origin() + ", " + (record.open() ? "open" : "closed") + " at " + record.head(),
        origin + " of the checkpoint",
        record.origin().equals(origin));
    if (record.predecessorHead() != null) {
      steps.noted(
          "predecessor",
          log + " took over at " + record.predecessorHead(),
          "no break: leaves of the log before it may be lost");
    }
    int count = count();
    for (LogId next = log.next(); next.number() <= count; next = next.next()) {
      successor(next);
    }
  }

  private void successor(LogId id) {
    Optional<LogRecord> successor = record(id);
    steps.noted(
        "successor",
        id
            + successor
                .map(one -> ", " + one.origin() + ", took over at " + one.predecessorHead())
                .orElse(" is not told of"),
        "no break: leaves of the log before it may be lost");
  }

  /** That the hospital has registered the key for this log, whether or not it has another now. */
  void key(VerifierKey key, long from, long to) throws StepFailedException {
    String want = "a key that " + log.hospital() + " registered for this log";
    String now = Views.hospital(ask(hospitals, Views.hospital(log.hospital()))).logVkey().text();
    if (now.equals(key.toString())) {
      steps.passed("log key on the chain", key + ", registered now", want);
      return;
    }
    Optional<Long> since = registered(key, from, to);
    if (since.isEmpty()) {
      throw failed("log key on the chain", key + " is not; registered now: " + now, want);
    }
    steps.passed(
        "log key on the chain",
        key + ", registered in block " + since.get() + ", replaced since",
        want);
  }

  private Optional<Long> registered(VerifierKey key, long from, long to) {
    for (long first = from; first <= to; first += BLOCKS) {
      long last = Math.min(to, first + BLOCKS - 1);
      List<ChainLog> events = node.logs(List.of(hospitals), first, last);
      Optional<Long> found =
          events.stream()
              .filter(event -> key.toString().equals(registers(event)))
              .map(ChainLog::blockNumber)
              .findFirst();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** The key that an event registers for this hospital, or null. */
  private @Nullable String registers(ChainLog log) {
    LedgerEvent event = Events.read(log).orElse(null);
    if (event instanceof LedgerEvent.LogVkeyChanged changed) {
      return changed.hospital().equals(this.log.hospital()) ? changed.vkey().text() : null;
    }
    if (event instanceof LedgerEvent.HospitalAdmitted admitted) {
      return admitted.hospital().id().equals(this.log.hospital())
          ? admitted.hospital().logVkey().text()
          : null;
    }
    return null;
  }

  private Optional<LogRecord> record(LogId id) {
    return Views.log(id, ask(checkpoints, Views.logRecord(id)));
  }

  private int count() {
    return Views.count(ask(checkpoints, Views.logCount(log.hospital())));
  }

  private byte[] ask(Address contract, String question) {
    return node.call(new Message(contract, contract, question));
  }
}
