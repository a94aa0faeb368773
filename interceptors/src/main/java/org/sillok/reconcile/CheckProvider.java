package org.sillok.reconcile;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.model.api.annotation.Description;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.sillok.reconcile.CheckJobs.Job;

/**
 * {@code GET $verify}: a check of everything, by FHIR's asynchronous pattern (R4 §3.1.0.7.5). The
 * first answer is 202 and names where to ask how far it is; that answers 202 with {@code
 * X-Progress} until it answers 200 with the result; {@code DELETE} on it stops the check.
 */
public final class CheckProvider {

  private static final String STATUS = "$verify-status";
  private static final int LISTED = 1000;

  private final CheckJobs jobs;
  private final Findings findings;

  public CheckProvider(CheckJobs jobs, Findings findings) {
    this.jobs = jobs;
    this.findings = findings;
  }

  @Operation(name = "$verify", idempotent = true, manualResponse = true)
  @Description(
      shortDefinition = "Is everything what was written?",
      value =
          "Checks every stored version and the whole log, in the background. Send Prefer:"
              + " respond-async, and ask at the Content-Location of the answer.")
  public void verify(ServletRequestDetails request) throws IOException {
    String prefer = request.getHeader(Constants.HEADER_PREFER);
    if (prefer == null || !prefer.contains(Constants.HEADER_PREFER_RESPOND_ASYNC)) {
      throw new InvalidRequestException(
          "A check of everything takes its time. Send the header Prefer: respond-async, and ask at"
              + " the Content-Location of the answer how far it is.");
    }
    String id = jobs.request();
    String location = request.getServerBaseForRequest() + "/" + STATUS + "?job=" + id;
    HttpServletResponse response = request.getServletResponse();
    response.setHeader(Constants.HEADER_CONTENT_LOCATION, location);
    OperationOutcome outcome = new OperationOutcome();
    outcome
        .addIssue()
        .setSeverity(IssueSeverity.INFORMATION)
        .setCode(IssueType.INFORMATIONAL)
        .setDiagnostics("The check has begun; GET " + location + " tells how far it is.");
    answer(request, 202, outcome);
  }

  @Operation(name = STATUS, idempotent = true, deleteEnabled = true, manualResponse = true)
  @Description(
      shortDefinition = "How far a check of everything is",
      value =
          "202 with X-Progress while the check runs, 200 with its result when it is done. DELETE"
              + " stops and forgets it.")
  public void status(
      @OperationParam(name = "job", min = 1, max = 1) @Nullable StringType job,
      ServletRequestDetails request)
      throws IOException {
    String id = job == null ? "" : String.valueOf(job.getValue());
    HttpServletResponse response = request.getServletResponse();
    if (request.getRequestType() == RequestTypeEnum.DELETE) {
      if (!jobs.cancel(id)) {
        throw unknown();
      }
      response.setStatus(202);
      return;
    }
    Job found = jobs.find(id).orElseThrow(CheckProvider::unknown);
    if (found.finishedAt() == null) {
      response.setHeader("X-Progress", progress(found));
      response.setHeader("Retry-After", "1");
      response.setStatus(202);
      return;
    }
    answer(
        request,
        200,
        CheckParameters.of(found, findings.seenSince(found.run().startedAt(), LISTED)));
  }

  private static String progress(Job job) {
    return job.begun()
        ? job.run().percent()
            + " % - "
            + job.run().phase().code()
            + ", "
            + job.run().checked()
            + " of "
            + job.run().total()
        : "waiting";
  }

  private static ResourceNotFoundException unknown() {
    return new ResourceNotFoundException(
        "There is no such check; results are kept for a day. Begin one with GET $verify and the"
            + " header Prefer: respond-async.");
  }

  private static void answer(ServletRequestDetails request, int status, IBaseResource resource)
      throws IOException {
    FhirContext fhir = request.getFhirContext();
    HttpServletResponse response = request.getServletResponse();
    response.setStatus(status);
    response.setContentType(Constants.CT_FHIR_JSON_NEW);
    response.setCharacterEncoding("UTF-8");
    fhir.newJsonParser()
        .setPrettyPrint(true)
        .encodeResourceToWriter(resource, response.getWriter());
    response.getWriter().flush();
  }
}
