package org.sillok.reconcile;

import ca.uhn.fhir.model.api.annotation.Description;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/** {@code GET $findings} and {@code POST $review}. */
public final class FindingsProvider {

  private static final int LISTED = 1000;
  private static final int LONGEST_REASON = 1000;
  private static final long MOST = 10_000;
  private static final Pattern RANGE = Pattern.compile("([0-9]{1,18})(?:-([0-9]{1,18}))?");

  private final Findings findings;
  private final Function<RequestDetails, String> agents;

  /**
   * @param agents tells who sends a request, as the log names them
   */
  public FindingsProvider(Findings findings, Function<RequestDetails, String> agents) {
    this.findings = findings;
    this.agents = agents;
  }

  @Operation(name = "$findings", idempotent = true)
  @Description(
      shortDefinition = "What the sweep found wrong and nobody has reviewed",
      value =
          "The first 1000 findings that are open, behind the one that the parameter after names,"
              + " and how many there are in all.")
  public Parameters findings(@OperationParam(name = "after") @Nullable StringType after) {
    String from = after == null ? "0" : String.valueOf(after.getValue());
    if (!from.matches("[0-9]{1,18}")) {
      throw new InvalidRequestException("Parameter after: the id of a finding.");
    }
    return CheckParameters.of(findings.open(Long.parseLong(from), LISTED), findings.countOpen());
  }

  @Operation(name = "$review")
  @Description(
      shortDefinition = "Marks findings as reviewed",
      value =
          "Writes the review with its reason into the log; the findings stay in the table. Takes"
              + " the id of one finding, or those of the first and the last of many, as in 17-5016.")
  public Parameters review(
      @OperationParam(name = "finding", min = 1, max = 1) @Nullable StringType finding,
      @OperationParam(name = "reason", min = 1, max = 1) @Nullable StringType reason,
      RequestDetails request) {
    long[] range = range(finding);
    if (range[1] - range[0] >= MOST || findings.between(range[1], range[1]).isEmpty()) {
      throw new ResourceNotFoundException(
          "There are no such findings, or more than "
              + MOST
              + " of them; GET $findings lists the open ones.");
    }
    findings.review(range[0], range[1], agents.apply(request), reason(reason));
    return CheckParameters.of(
        findings.between(range[0], Math.min(range[1], range[0] + LISTED - 1)),
        findings.countOpen());
  }

  /** The first and the last id; the same for one. */
  private static long[] range(@Nullable StringType ids) {
    Matcher matcher = RANGE.matcher(ids == null ? "" : String.valueOf(ids.getValue()));
    if (!matcher.matches()) {
      throw new InvalidRequestException(
          "Parameter finding: the id of a finding as $findings lists it, or the first and the last"
              + " of many, as in 17-5016.");
    }
    long first = Long.parseLong(matcher.group(1));
    long last = matcher.group(2) == null ? first : Long.parseLong(matcher.group(2));
    if (first < 1 || last < first) {
      throw new InvalidRequestException("Parameter finding: from 1, and the lower id first.");
    }
    return new long[] {first, last};
  }

  private static String reason(@Nullable StringType reason) {
    String text = reason == null ? "" : String.valueOf(reason.getValue()).strip();
    if (text.isEmpty()
        || text.length() > LONGEST_REASON
        || text.codePoints().anyMatch(FindingsProvider::isUnprintable)) {
      throw new InvalidRequestException(
          "Parameter reason: what was looked at and what came of it, 1 to 1000 characters on one"
              + " line.");
    }
    return text;
  }

  /** What an entry cannot hold, or only in six times the room. */
  private static boolean isUnprintable(int codePoint) {
    return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
  }
}
