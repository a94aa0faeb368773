package org.sillok.consent;

import java.util.Optional;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/**
 * What a FHIR Reference says of whom or what it means.
 *
 * @param reference {@code Type/id} for a resource of this server, otherwise the URL as it stands;
 *     null if there is only an identifier
 * @param version if the reference names one
 * @param type of the resource; null if the reference does not tell
 */
record PartyName(
    @Nullable String reference,
    @Nullable String version,
    @Nullable String type,
    @Nullable BusinessId identifier) {

  static PartyName of(String reference) {
    return new PartyName(reference, null, LocalReference.typeOf(reference), null);
  }

  /** Empty if the reference says nothing that could be looked up. */
  static Optional<PartyName> of(Reference reference, LocalReference local) {
    BusinessId identifier = reference.hasIdentifier() ? id(reference.getIdentifier()) : null;
    String url = reference.getReference();
    if (url == null || url.isBlank() || url.startsWith("#")) {
      return identifier == null
          ? Optional.empty()
          : Optional.of(new PartyName(null, null, reference.getType(), identifier));
    }
    String plain = local.strip(url);
    String name = LocalReference.withoutVersion(plain);
    String type = LocalReference.typeOf(name);
    return Optional.of(
        new PartyName(
            name,
            LocalReference.versionOf(plain),
            type == null ? reference.getType() : type,
            identifier));
  }

  /** Null unless it has a system and a value. */
  static @Nullable BusinessId id(Identifier identifier) {
    return identifier.hasSystem() && identifier.getSystem() != null && identifier.getValue() != null
        ? new BusinessId(identifier.getSystem(), identifier.getValue())
        : null;
  }

  boolean isLocal() {
    return reference != null && LocalReference.typeOf(reference) != null;
  }
}
