package org.sillok.verification;

import ca.uhn.fhir.model.api.annotation.Description;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.UriType;

/** {@code GET [type]/[id]/$verify} and {@code GET [type]/[id]/_history/[version]/$verify}. */
public final class VerifyProvider {

  private final Verifier verifier;

  public VerifyProvider(Verifier verifier) {
    this.verifier = verifier;
  }

  @Operation(
      name = "$verify",
      idempotent = true,
      global = true,
      returnParameters = {
        @OperationParam(name = "code", type = CodeType.class, min = 1),
        @OperationParam(name = "target", type = UriType.class, min = 1),
        @OperationParam(name = "failure"),
        @OperationParam(name = "note"),
        @OperationParam(name = "entry"),
        @OperationParam(name = "checkpoint"),
        @OperationParam(name = "receipt"),
        @OperationParam(name = "checkedAt", type = InstantType.class, min = 1)
      })
  @Description(
      shortDefinition = "Is this version what was written?",
      value =
          "Compares a stored resource version with its entry in the provenance log, the entry with"
              + " the log's anchored tree head, and that with the ledger. Without a version in the"
              + " path, the current one.")
  public Parameters verify(@IdParam IdType id) {
    Verdict verdict = verifier.verify(RequestedVersion.of(id, verifier));
    if (verdict.code() == Verdict.Code.UNKNOWN) {
      throw RequestedVersion.unknown(id);
    }
    return VerdictParameters.of(verdict);
  }
}
