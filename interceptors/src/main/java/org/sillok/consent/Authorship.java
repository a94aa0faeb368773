package org.sillok.consent;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody is a resource's author, performer or recorder, §1.6.
 *
 * @param type of whom the consent names; null if that cannot be told
 * @param references of them and, by the directory, whoever belongs to them
 */
record Authorship(@Nullable String type, Set<String> references, Set<BusinessId> identifiers)
    implements Test {

  static Test of(PartyName name, Directory directory) {
    Set<String> references = new HashSet<>();
    Set<BusinessId> identifiers = new HashSet<>();
    Deque<String> open = new ArrayDeque<>();
    if (name.reference() != null) {
      open.add(name.reference());
    }
    if (name.identifier() != null) {
      identifiers.add(name.identifier());
      directory.partiesWith(name.identifier()).forEach(party -> open.add(party.reference()));
    }
    while (!open.isEmpty()) {
      String reference = open.remove();
      if (references.add(reference)) {
        directory.party(reference).ifPresent(party -> belonging(party, directory, open));
        directory.party(reference).ifPresent(party -> identifiers.addAll(party.identifiers()));
      }
    }
    return new Authorship(name.isLocal() ? name.type() : null, references, identifiers);
  }

  /** Parts and posts of an Organization, posts of a Practitioner, members of a Group. */
  private static void belonging(Party party, Directory directory, Deque<String> open) {
    if (party.is("Group") || party.is("CareTeam")) {
      open.addAll(party.members());
    }
    for (Party other : directory.partiesNaming(party.reference())) {
      boolean part = other.organizations().contains(party.reference());
      if (other.is("PractitionerRole") || (part && other.is("Organization"))) {
        open.add(other.reference());
      }
      if (other.is("PractitionerRole") && party.is("Organization")) {
        open.addAll(other.members());
      }
    }
  }

  @Override
  public Tri in(ResourceFacts resource) {
    ResourceFacts.Links links = resource.links();
    if (links.authors().isEmpty() && links.authorIds().isEmpty()) {
      return Tri.U;
    }
    Tri value = Tri.F;
    for (String author : links.authors()) {
      value = value.or(is(author));
    }
    for (BusinessId author : links.authorIds()) {
      value = value.or(identifiers.contains(author) ? Tri.T : Tri.U);
    }
    return value;
  }

  private Tri is(String author) {
    if (references.contains(author)) {
      return Tri.T;
    }
    String authorType = LocalReference.typeOf(author);
    boolean other = authorType != null && authorType.equals(type);
    return other || isPatientSide(authorType) ? Tri.F : Tri.U;
  }

  /** A person of the patient's side is nobody of a hospital's. */
  private boolean isPatientSide(@Nullable String authorType) {
    return type != null
        && !type.equals("Group")
        && ("Patient".equals(authorType) || "RelatedPerson".equals(authorType));
  }
}
