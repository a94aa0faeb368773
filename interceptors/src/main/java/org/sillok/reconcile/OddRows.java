package org.sillok.reconcile;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sillok.verification.Failure;
import org.sillok.verification.Step;
import org.sillok.verification.StoredVersions.Page;
import org.sillok.verification.StoredVersions.RowName;
import org.sillok.verification.Verdict;

/**
 * Keeps a walk going over rows that nobody can read or make sense of: each is a finding and not the
 * end of the walk. Trouble with the database itself is passed on. Thread-safe.
 */
final class OddRows {

  private final Findings findings;
  private final Runnable pause;

  OddRows(Findings findings, Runnable pause) {
    this.findings = findings;
    this.pause = pause;
  }

  /** What a judgement gives, or what becomes of it if it fails. */
  static <T> T judged(Supplier<T> judgement, Function<String, T> odd) {
    try {
      return judgement.get();
    } catch (RuntimeException e) {
      passOnTrouble(e);
      return odd.apply("it cannot be judged: " + DatabaseTrouble.kindOf(e));
    }
  }

  private static void passOnTrouble(RuntimeException e) {
    if (DatabaseTrouble.isCauseOf(e)) {
      throw e;
    }
  }

  /** As much of the next page as can be read; null if the very next row cannot. */
  static <T> @Nullable Page<T> readable(int limit, IntFunction<Page<T>> pages) {
    for (int most = limit; most > 0; most /= 2) {
      try {
        return pages.apply(most);
      } catch (RuntimeException e) {
        passOnTrouble(e);
      }
    }
    return null;
  }

  interface Pages<T> {
    Page<T> after(long position, int limit);
  }

  /**
   * Goes on behind the next row, and tells of it, if it cannot be read for a second time either.
   */
  <T> SweepRun passBy(
      SweepRun run, LongFunction<Optional<RowName>> names, Pages<T> pages, Step step) {
    Optional<RowName> first = names.apply(run.position());
    pause.run();
    try {
      pages.after(run.position(), 1);
      return run;
    } catch (RuntimeException e) {
      passOnTrouble(e);
      RowName row = names.apply(run.position()).orElse(null);
      if (row == null || !first.equals(Optional.of(row))) {
        return run;
      }
      findings.report(
          finding(row, new Failure(step, "it cannot be read: " + DatabaseTrouble.kindOf(e))));
      return run.at(row.key(), 1, Map.of(Verdict.Code.ALTERED, 1L));
    }
  }

  private static Finding finding(RowName row, Failure failure) {
    return row.version() == null
        ? new Finding(failure.step(), row.row(), null, failure.detail())
        : Finding.of(row.version(), failure);
  }
}
