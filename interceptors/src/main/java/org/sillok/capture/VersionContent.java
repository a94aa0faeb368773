package org.sillok.capture;

import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sillok.canonical.CanonicalFormException;
import org.sillok.canonical.CanonicalJson;

/** The canonical bytes of one resource version, or what is known of them before the commit. */
final class VersionContent {

  private final @Nullable String toBeInflated;
  private final byte @Nullable [] canonical;

  private VersionContent(@Nullable String toBeInflated, byte @Nullable [] canonical) {
    this.toBeInflated = toBeInflated;
    this.canonical = canonical;
  }

  /**
   * Canonicalises at once, so that a resource that has no canonical form is refused while there is
   * somebody to tell.
   */
  static VersionContent of(String json, ReadContent binaries) {
    return binaries.isReferredTo(json)
        ? new VersionContent(json, null)
        : new VersionContent(null, canonical(json));
  }

  static VersionContent ofDeletion(String type, String id) {
    return new VersionContent(null, CanonicalJson.ofDeletion(type, id));
  }

  byte[] canonical(ReadContent binaries) {
    return canonical != null
        ? canonical
        : canonical(binaries.inflate(Objects.requireNonNull(toBeInflated)));
  }

  private static byte[] canonical(String json) {
    try {
      return CanonicalJson.ofResource(json);
    } catch (CanonicalFormException e) {
      throw new UnprocessableEntityException(
          "The resource has no canonical form, so its provenance could not be recorded: "
              + e.getMessage());
    }
  }
}
