package org.sillok.log;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.sillok.log.LogFinding.Kind;

/** Counts all findings of one audit and reports the first of each kind. */
final class AuditFindings {

  /** Enough to look into; a log that was rewritten from some leaf on would have millions. */
  static final int REPORTED_OF_EACH_KIND = 100;

  private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
  private final Consumer<LogFinding> listener;

  AuditFindings(Consumer<LogFinding> listener) {
    this.listener = listener;
  }

  void add(Kind kind, long position, String detail) {
    if (counts.merge(kind, 1L, Long::sum) <= REPORTED_OF_EACH_KIND) {
      listener.accept(new LogFinding(kind, position, detail));
    }
  }

  Map<Kind, Long> counts() {
    return counts;
  }
}
