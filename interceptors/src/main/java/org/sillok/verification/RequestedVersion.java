package org.sillok.verification;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.sillok.log.ResourceVersion;

/** Which version a request means, and what to say if it means none. */
final class RequestedVersion {

  private RequestedVersion() {}

  /** Without a version in {@code id}, the current one. */
  static ResourceVersion of(IdType id, Verifier verifier) {
    ResourceVersion named = parse(id);
    return id.hasVersionIdPart()
        ? named
        : verifier.current(named.type(), named.id()).orElseThrow(() -> unknown(id));
  }

  static ResourceVersion parse(IdType id) {
    try {
      long version = id.hasVersionIdPart() ? Long.parseLong(id.getVersionIdPart()) : 1;
      return new ResourceVersion(id.getResourceType(), id.getIdPart(), version);
    } catch (IllegalArgumentException e) {
      throw invalid(
          "No version has this id. Ids are 1 to 64 of A-Z a-z 0-9 - and ., versions are whole"
              + " numbers from 1, as in Observation/7/_history/3.");
    }
  }

  static ResourceNotFoundException unknown(IdType id) {
    IdType resource = id.toUnqualifiedVersionless();
    String text =
        "This server has no "
            + id.toUnqualified().getValue()
            + ", and its log has no entry about it. GET "
            + resource.getValue()
            + "/_history lists the versions that there are.";
    return new ResourceNotFoundException(text, outcome(IssueType.NOTFOUND, text));
  }

  static InvalidRequestException invalid(String text) {
    return new InvalidRequestException(text, outcome(IssueType.INVALID, text));
  }

  private static OperationOutcome outcome(IssueType type, String text) {
    OperationOutcome outcome = new OperationOutcome();
    outcome.addIssue().setSeverity(IssueSeverity.ERROR).setCode(type).setDiagnostics(text);
    return outcome;
  }
}
