package org.sillok.verification;

import static java.nio.charset.StandardCharsets.UTF_8;

import ca.uhn.fhir.model.api.annotation.Description;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.IdType;
import org.jspecify.annotations.Nullable;
import org.sillok.evidence.Evidence;

/**
 * {@code GET [type]/[id]/_history/[version]/$evidence}. The answer is a FHIR {@code Binary}, which
 * the server sends as the bare file unless the client asks for FHIR.
 */
public final class EvidenceProvider {

  private final EvidenceMaker maker;

  public EvidenceProvider(EvidenceMaker maker) {
    this.maker = maker;
  }

  @Operation(
      name = "$evidence",
      idempotent = true,
      global = true,
      returnParameters = @OperationParam(name = "return", type = Binary.class, min = 1))
  @Description(
      shortDefinition = "The proof of one version, as a file",
      value =
          "A file of the form sillok-evidence-v1 about one version; sillok-verify checks it without"
              + " this server. With content=true it has the content and the nonce that opens the"
              + " commitment to it.")
  public Binary evidence(
      @IdParam IdType id,
      @OperationParam(name = "content", max = 1) @Nullable BooleanType content) {
    if (!id.hasVersionIdPart()) {
      throw RequestedVersion.invalid(
          "Evidence is of one version: GET "
              + id.toUnqualified().getValue()
              + "/_history/[version]/$evidence.");
    }
    try {
      Evidence evidence =
          maker
              .of(RequestedVersion.parse(id), content != null && content.booleanValue())
              .orElseThrow(() -> RequestedVersion.unknown(id));
      Binary file = new Binary();
      file.setContentType("application/json");
      file.setData(evidence.toJson().getBytes(UTF_8));
      return file;
    } catch (EvidenceMaker.RefusedException e) {
      throw new ResourceVersionConflictException(
          "No evidence can be given of this version, since it does not verify: "
              + e.getMessage()
              + ". GET "
              + id.toUnqualified().getValue()
              + "/$verify says more.");
    }
  }
}
