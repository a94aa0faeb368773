package org.sillok.verification;

/**
 * The step that failed, and what was found instead of what was wanted; never a resource's content.
 */
public record Failure(Step step, String detail) {

  @Override
  public String toString() {
    return step.code() + ": " + detail;
  }
}
