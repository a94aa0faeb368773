package org.sillok.reconcile;

import ca.uhn.fhir.model.api.annotation.Description;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.List;
import java.util.function.Function;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/** {@code GET $findings} and {@code POST $review}. */
public final class FindingsProvider {

  private static final int LISTED = 1000;
  private static final int LONGEST_REASON = 1000;

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
      value = "The oldest 1000 findings that are open, and how many there are in all.")
  public Parameters findings() {
    return CheckParameters.of(findings.open(LISTED), findings.countOpen());
  }

  @Operation(name = "$review")
  @Description(
      shortDefinition = "Marks a finding as reviewed",
      value = "Writes the review with its reason into the log; the finding stays in the table.")
  public Parameters review(
      @OperationParam(name = "finding", min = 1, max = 1) @Nullable StringType finding,
      @OperationParam(name = "reason", min = 1, max = 1) @Nullable StringType reason,
      RequestDetails request) {
    Findings.Kept kept = find(finding);
    findings.review(kept, agents.apply(request), reason(reason));
    return CheckParameters.of(
        findings.find(kept.id()).map(List::of).orElse(List.of()), findings.countOpen());
  }

  private Findings.Kept find(@Nullable StringType id) {
    String text = id == null ? "" : String.valueOf(id.getValue());
    if (!text.matches("[0-9]{1,18}")) {
      throw new InvalidRequestException(
          "Parameter finding: the id of a finding as $findings lists it.");
    }
    return findings
        .find(Long.parseLong(text))
        .orElseThrow(
            () ->
                new ResourceNotFoundException(
                    "There is no finding " + text + "; GET $findings lists the open ones."));
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
