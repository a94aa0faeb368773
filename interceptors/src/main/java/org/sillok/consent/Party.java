package org.sillok.consent;

import java.util.Set;

/**
 * What this server knows of somebody whom a consent or a resource may name.
 *
 * @param reference {@code Organization/b}: type and id on this server
 * @param organizations for an Organization the ones it is part of, for a PractitionerRole the one
 *     it is held at
 * @param members for a Group or CareTeam its members, for a PractitionerRole its Practitioner
 * @param roles a PractitionerRole's codes
 */
public record Party(
    String reference,
    Set<BusinessId> identifiers,
    Set<String> organizations,
    Set<String> members,
    Set<Code> roles) {

  public Party {
    if (LocalReference.typeOf(reference) == null) {
      throw new IllegalArgumentException("a party is Type/id, got \"" + reference + "\"");
    }
    identifiers = Set.copyOf(identifiers);
    organizations = Set.copyOf(organizations);
    members = Set.copyOf(members);
    roles = Set.copyOf(roles);
  }

  String type() {
    return reference.substring(0, reference.indexOf('/'));
  }

  boolean is(String type) {
    return type().equals(type);
  }
}
