package org.sillok.evidence;

/** Ends a verification at its first step that does not hold. */
public final class StepFailedException extends Exception {

  private static final long serialVersionUID = 1;

  private final transient Step step;

  StepFailedException(String name, String got, String want) {
    super(name);
    this.step = new Step(name, Step.Result.FAILED, got, want);
  }

  Step step() {
    return step;
  }
}
