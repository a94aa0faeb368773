package org.sillok.verify;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sillok.evidence.Outcome;
import org.sillok.evidence.Step;
import org.sillok.evidence.Verification;
import org.sillok.ledger.json.Json;

/** A verification as text for people or as JSON. */
final class Report {

  private Report() {}

  static String text(Verification verification) {
    StringBuilder out = new StringBuilder();
    for (Step step : verification.steps()) {
      out.append(String.format(Locale.ROOT, "%-5s %s%n", mark(step.result()), step.name()));
      out.append(String.format(Locale.ROOT, "      got   %s%n", plain(step.got())));
      out.append(String.format(Locale.ROOT, "      want  %s%n", plain(step.want())));
    }
    return out.append(System.lineSeparator())
        .append(plain(sentence(verification.outcome())))
        .append(System.lineSeparator())
        .toString();
  }

  static String json(Verification verification) {
    List<Map<String, String>> steps =
        verification.steps().stream()
            .map(
                step ->
                    Map.of(
                        "name", step.name(),
                        "result", step.result().name().toLowerCase(Locale.ROOT),
                        "got", plain(step.got()),
                        "want", plain(step.want())))
            .toList();
    Outcome outcome = verification.outcome();
    return Json.write(
            Map.of("outcome", code(outcome), "message", plain(sentence(outcome)), "steps", steps))
        + "\n";
  }

  private static String mark(Step.Result result) {
    return switch (result) {
      case PASSED -> "ok";
      case WARNING -> "note";
      case SKIPPED -> "-";
      case FAILED -> "FAIL";
    };
  }

  private static String code(Outcome outcome) {
    if (outcome instanceof Outcome.Verified verified) {
      return verified.pinned() ? "verified" : "verified-unpinned";
    }
    if (outcome instanceof Outcome.OriginUnknown unknown) {
      return unknown.pinned() ? "origin-unknown" : "origin-unknown-unpinned";
    }
    if (outcome instanceof Outcome.Unsettled) {
      return "unsettled";
    }
    return outcome instanceof Outcome.NotYetAnchored ? "not-yet-anchored" : "failed";
  }

  private static String sentence(Outcome outcome) {
    if (outcome instanceof Outcome.Verified verified) {
      return "VERIFIED" + but(verified.unpinned());
    }
    if (outcome instanceof Outcome.OriginUnknown unknown) {
      return "UNCHANGED SINCE IT WAS LOGGED, ORIGIN UNKNOWN: "
          + unknown.reason()
          + but(unknown.unpinned());
    }
    if (outcome instanceof Outcome.NotYetAnchored pending) {
      return "NOT YET ANCHORED: " + pending.reason();
    }
    if (outcome instanceof Outcome.Unsettled unsettled) {
      return "NOT SETTLED: " + unsettled.reason();
    }
    return "FAILED at step: " + ((Outcome.Failed) outcome).step().name();
  }

  private static String but(List<String> unpinned) {
    return unpinned.isEmpty()
        ? ""
        : ", but the " + String.join(" and the ", unpinned) + " merely came with the evidence";
  }

  /** The file's own text must not steer the terminal or fill it. */
  private static String plain(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .limit(2000)
        .forEach(
            c -> {
              int type = Character.getType(c);
              if (type == Character.CONTROL
                  || type == Character.FORMAT
                  || type == Character.SURROGATE
                  || type == Character.LINE_SEPARATOR
                  || type == Character.PARAGRAPH_SEPARATOR) {
                out.append(String.format(Locale.ROOT, "\\u%04x", c));
              } else {
                out.appendCodePoint(c);
              }
            });
    return out.toString();
  }
}
