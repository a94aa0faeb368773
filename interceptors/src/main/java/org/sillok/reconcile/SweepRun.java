package org.sillok.reconcile;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.sillok.verification.StoredVersions;
import org.sillok.verification.Verdict;

/**
 * How far one walk over everything has come.
 *
 * @param position where its phase goes on
 * @param checked rows looked at so far, of about {@code total}
 * @param counts of every verdict so far
 * @param audit where the phase {@link Phase#LOG} goes on, in its own words
 */
public record SweepRun(
    Phase phase,
    long position,
    long checked,
    long total,
    Map<Verdict.Code, Long> counts,
    Instant startedAt,
    String audit) {

  private static final Set<Verdict.Code> WRONG =
      Set.of(Verdict.Code.ALTERED, Verdict.Code.MISSING, Verdict.Code.FOUND);

  /** In this order. */
  public enum Phase {
    /** every row of the entry table, against the tiles and the stored versions */
    ENTRIES,
    /** every stored version, against its entries */
    VERSIONS,
    /** tiles, checkpoints and the ledger's record, against the entries and each other */
    LOG,
    DONE;

    private final String code = name().toLowerCase(Locale.ROOT);

    public String code() {
      return code;
    }

    /**
     * @throws IllegalArgumentException if no phase has this code
     */
    public static Phase of(String code) {
      return valueOf(code.toUpperCase(Locale.ROOT));
    }
  }

  public SweepRun {
    EnumMap<Verdict.Code, Long> copy = new EnumMap<>(Verdict.Code.class);
    copy.putAll(counts);
    counts = Collections.unmodifiableMap(copy);
  }

  public static SweepRun start(long total, Instant at) {
    return new SweepRun(Phase.ENTRIES, StoredVersions.BEFORE_ALL, 0, total, Map.of(), at, "");
  }

  public boolean isDone() {
    return phase == Phase.DONE;
  }

  /** Whether everything that was looked at so far was as it was written. */
  public boolean isSound() {
    return Collections.disjoint(counts.keySet(), WRONG);
  }

  /** 0 to 100. */
  public int percent() {
    return isDone() ? 100 : (int) Math.min(99, total == 0 ? 99 : checked * 99 / total);
  }

  SweepRun at(long newPosition, int rows, Map<Verdict.Code, Long> more) {
    Map<Verdict.Code, Long> sum = new EnumMap<>(Verdict.Code.class);
    sum.putAll(counts);
    more.forEach((code, n) -> sum.merge(code, n, Long::sum));
    return new SweepRun(phase, newPosition, checked + rows, total, sum, startedAt, audit);
  }

  SweepRun nextPhase() {
    return new SweepRun(
        Phase.values()[phase.ordinal() + 1],
        StoredVersions.BEFORE_ALL,
        checked,
        total,
        counts,
        startedAt,
        "");
  }

  SweepRun audited(String next) {
    return new SweepRun(phase, position, checked, total, counts, startedAt, next);
  }
}
