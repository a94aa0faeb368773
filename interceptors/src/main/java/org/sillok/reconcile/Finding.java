package org.sillok.reconcile;

import org.jspecify.annotations.Nullable;
import org.sillok.log.LogBreak;
import org.sillok.log.ResourceVersion;
import org.sillok.verification.Failure;
import org.sillok.verification.Step;

/**
 * Something wrong. Goes to the server's log as well: neither part has content of a resource, or a
 * line's end.
 *
 * @param subject what it is about: a resource version, a row, a tile
 * @param version the resource version that is affected, if it is one
 */
public record Finding(Step step, String subject, @Nullable ResourceVersion version, String detail) {

  public static final int LONGEST_DETAIL = 1000;
  private static final int LONGEST_SUBJECT = 200;

  public Finding {
    subject = line(subject, LONGEST_SUBJECT);
    detail = line(detail, LONGEST_DETAIL);
  }

  private static String line(String text, int longest) {
    String printable = text.replaceAll("\\p{Cntrl}|[\\ud800-\\udfff]", "?");
    return printable.length() <= longest ? printable : printable.substring(0, longest - 1) + '…';
  }

  /** Leaves that the ledger vouches for are not here. */
  public static Finding of(LogBreak where) {
    return new Finding(Step.LEDGER, "log " + where.log() + " closed", null, where.toString());
  }

  static Finding of(ResourceVersion version, Failure failure) {
    return new Finding(failure.step(), version.toString(), version, failure.detail());
  }

  /**
   * @param mark of what was seen, so that the same failure of something else is another finding
   */
  static Finding of(ResourceVersion version, Failure failure, String mark) {
    return of(version, marked(failure, mark));
  }

  static Failure marked(Failure failure, String mark) {
    String seen = "; seen as " + mark;
    return new Failure(
        failure.step(), line(failure.detail(), LONGEST_DETAIL - seen.length()) + seen);
  }
}
