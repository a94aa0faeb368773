package org.sillok.gate;

import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.sillok.gate.Trail.Outcome;

/**
 * What a request comes to.
 *
 * @param released number of resources that were decided and are in it
 * @param stored the one version of which headers may tell; null if it is not of one
 */
record Answer(
    int status, Resource resource, Outcome outcome, int released, @Nullable Resource stored) {

  /** The same for what is hidden, what is deleted and what never was. */
  static Answer absent() {
    return error(
        404,
        Outcome.DENIED,
        IssueType.NOTFOUND,
        "There is no such resource here, or no consent permits it.");
  }

  static Answer refused(String reason) {
    return error(403, Outcome.REFUSED, IssueType.FORBIDDEN, reason);
  }

  static Answer unreadable() {
    return error(400, Outcome.REFUSED, IssueType.INVALID, "A value of the search cannot be read.");
  }

  static Answer unavailable() {
    return error(
        503,
        Outcome.UNAVAILABLE,
        IssueType.TRANSIENT,
        "This server cannot decide now what it may show. Nothing was decided; ask again later.");
  }

  static Answer of(Resource resource) {
    return new Answer(200, resource, Outcome.PERMITTED, 1, resource);
  }

  /** Says something of a resource that may be seen. */
  static Answer about(Resource answer) {
    return new Answer(200, answer, Outcome.PERMITTED, 1, null);
  }

  static Answer page(Resource bundle, int released) {
    return new Answer(
        200, bundle, released == 0 ? Outcome.DENIED : Outcome.PERMITTED, released, null);
  }

  private static Answer error(int status, Outcome outcome, IssueType type, String text) {
    OperationOutcome body = new OperationOutcome();
    body.addIssue().setSeverity(IssueSeverity.ERROR).setCode(type).setDiagnostics(text);
    return new Answer(status, body, outcome, 0, null);
  }
}
