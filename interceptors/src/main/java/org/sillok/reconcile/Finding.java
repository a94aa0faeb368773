package org.sillok.reconcile;

import org.jspecify.annotations.Nullable;
import org.sillok.log.ResourceVersion;
import org.sillok.verification.Failure;
import org.sillok.verification.Step;

/**
 * Something wrong.
 *
 * @param subject what it is about: a resource version, a row, a tile; one finding per step and
 *     subject
 * @param version the resource version that is affected, if it is one
 */
public record Finding(Step step, String subject, @Nullable ResourceVersion version, String detail) {

  public static final int LONGEST_DETAIL = 1000;

  public Finding {
    if (detail.length() > LONGEST_DETAIL) {
      detail = detail.substring(0, LONGEST_DETAIL - 1) + '…';
    }
  }

  static Finding of(ResourceVersion version, Failure failure) {
    return new Finding(failure.step(), version.toString(), version, failure.detail());
  }
}
