package org.sillok.reconcile;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.hl7.fhir.r4.model.UriType;
import org.sillok.reconcile.CheckJobs.Job;
import org.sillok.verification.Verdict;

/** Results and findings as FHIR {@code Parameters}. */
final class CheckParameters {

  private CheckParameters() {}

  static Parameters of(Job job, List<Findings.Kept> findings) {
    Parameters parameters = new Parameters();
    parameters.addParameter("started", instant(job.run().startedAt()));
    if (job.finishedAt() != null) {
      parameters.addParameter("finished", instant(job.finishedAt()));
    }
    parameters.addParameter("ok", new BooleanType(findings.isEmpty() && job.run().isSound()));
    parameters.addParameter("checked", new DecimalType(job.run().checked()));
    for (Map.Entry<Verdict.Code, Long> count : job.run().counts().entrySet()) {
      ParametersParameterComponent part = parameters.addParameter().setName("count");
      part(part, "code", new CodeType(count.getKey().code()));
      part(part, "number", new DecimalType(count.getValue()));
    }
    findings.forEach(finding -> add(parameters, finding));
    return parameters;
  }

  static Parameters of(List<Findings.Kept> findings, long open) {
    Parameters parameters = new Parameters();
    parameters.addParameter("open", new DecimalType(open));
    findings.forEach(finding -> add(parameters, finding));
    return parameters;
  }

  private static void add(Parameters parameters, Findings.Kept kept) {
    ParametersParameterComponent part = parameters.addParameter().setName("finding");
    Finding finding = kept.finding();
    part(part, "id", new StringType(Long.toString(kept.id())));
    part(part, "step", new CodeType(finding.step().code()));
    part(part, "subject", new StringType(finding.subject()));
    if (finding.version() != null) {
      part(part, "target", new UriType(finding.version().toString()));
    }
    part(part, "detail", new StringType(finding.detail()));
    if (kept.firstSeen() != null) {
      part(part, "firstSeen", instant(kept.firstSeen()));
    }
    if (kept.lastSeen() != null) {
      part(part, "lastSeen", instant(kept.lastSeen()));
    }
    Findings.Review review = kept.review();
    if (review != null) {
      part(part, "reviewedAt", instant(review.at()));
      part(part, "reviewedBy", new StringType(review.by()));
      part(part, "reason", new StringType(review.reason()));
    }
  }

  private static void part(ParametersParameterComponent whole, String name, Type value) {
    whole.addPart().setName(name).setValue(value);
  }

  private static InstantType instant(Instant instant) {
    InstantType value = new InstantType(Date.from(instant));
    value.setTimeZoneZulu(true);
    return value;
  }
}
