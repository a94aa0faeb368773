package org.sillok.evidence;

import static org.sillok.evidence.Step.Result.PASSED;
import static org.sillok.evidence.Step.Result.SKIPPED;
import static org.sillok.evidence.Step.Result.WARNING;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The steps of one verification as they are taken. Not thread-safe. */
public final class Steps {

  private final boolean strict;
  private final List<Step> taken = new ArrayList<>();
  private final List<String> unpinned = new ArrayList<>();

  /**
   * @param strict whether what merely came with the evidence is a failure
   */
  Steps(boolean strict) {
    this.strict = strict;
  }

  public void passed(String name, String got, String want) {
    taken.add(new Step(name, PASSED, got, want));
  }

  /** There was nothing to look at. */
  public void skipped(String name, String got, String want) {
    taken.add(new Step(name, SKIPPED, got, want));
  }

  /** It holds, but whoever reads this should know. */
  public void noted(String name, String got, String want) {
    taken.add(new Step(name, WARNING, got, want));
  }

  public void compare(String name, String got, String want, boolean same)
      throws StepFailedException {
    if (!same) {
      throw failed(name, got, want);
    }
    passed(name, got, want);
  }

  /**
   * Only the evidence vouches for {@code thing}.
   *
   * @param option by which it can be known from elsewhere
   */
  public void unpinned(String name, String thing, String got, String option)
      throws StepFailedException {
    String want = "the " + thing + " came with the evidence; pin it with " + option;
    if (strict) {
      throw failed(name, got, want);
    }
    if (!unpinned.contains(thing)) {
      unpinned.add(thing);
    }
    noted(name, got, want);
  }

  /** Ends the verification. */
  public static StepFailedException failed(String name, @Nullable String got, String want) {
    return new StepFailedException(name, String.valueOf(got), want);
  }

  void add(Step step) {
    taken.add(step);
  }

  List<Step> taken() {
    return taken;
  }

  List<String> unpinned() {
    return unpinned;
  }
}
