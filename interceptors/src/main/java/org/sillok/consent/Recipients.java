package org.sillok.consent;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether somebody whom a consent names as a recipient is the requester, §1.6. */
final class Recipients {

  private final Requester requester;
  private final Directory directory;
  private final HospitalParties hospital;
  private final Set<String> persons = new HashSet<>();

  Recipients(Requester requester, Directory directory) {
    this.requester = requester;
    this.directory = directory;
    this.hospital = new HospitalParties(requester.organization(), directory);
    for (BusinessId id : requester.practitioner()) {
      directory.partiesWith(id).stream()
          .filter(party -> party.is("Practitioner"))
          .forEach(party -> persons.add(party.reference()));
    }
  }

  Tri includes(PartyName name) {
    return includes(name, Set.of());
  }

  private Tri includes(PartyName name, Set<String> visited) {
    String reference = name.reference();
    BusinessId id = name.identifier();
    Tri byReference =
        reference == null
            ? Tri.U
            : directory
                .party(reference)
                .map(party -> includes(party, visited))
                .orElseGet(() -> unknown(name));
    return byReference.agree(id == null ? Tri.U : includes(id, name, visited));
  }

  /** Somebody who is not in the directory. */
  private static Tri unknown(PartyName name) {
    return "Patient".equals(name.type()) || "RelatedPerson".equals(name.type()) ? Tri.F : Tri.U;
  }

  /**
   * By what the directory knows under the identifier; else by comparing it with the requester's.
   */
  private Tri includes(BusinessId id, PartyName name, Set<String> visited) {
    String type = name.type();
    List<Party> parties =
        directory.partiesWith(id).stream().filter(party -> type == null || party.is(type)).toList();
    if (!parties.isEmpty()) {
      return parties.stream().map(party -> includes(party, visited)).reduce(Tri.F, Tri::or);
    }
    if (unknown(name) == Tri.F) {
      return Tri.F;
    }
    Set<BusinessId> own = new HashSet<>();
    if (type == null || type.equals("Organization")) {
      own.addAll(requester.organization());
    }
    if (type == null || type.equals("Practitioner")) {
      own.addAll(requester.practitioner());
    }
    return compare(own, Set.of(id));
  }

  /** The same if they share one; different if they have different ones of a kind. */
  private static Tri compare(Set<BusinessId> own, Set<BusinessId> others) {
    if (others.stream().anyMatch(own::contains)) {
      return Tri.T;
    }
    return HospitalParties.hasSystemOf(own, others) ? Tri.F : Tri.U;
  }

  private Tri includes(Party party, Set<String> above) {
    if (above.contains(party.reference())) {
      return Tri.F;
    }
    Set<String> visited = new HashSet<>(above);
    visited.add(party.reference());
    return switch (party.type()) {
      case "Organization" -> organization(party);
      case "Practitioner" -> practitioner(party);
      case "PractitionerRole" -> role(party, visited);
      case "Group", "CareTeam" -> any(party.members(), visited);
      case "Patient", "RelatedPerson" -> Tri.F;
      default -> Tri.U;
    };
  }

  /** Of a part of the hospital it can be told if the person is known to work there. */
  private Tri organization(Party party) {
    Tri whole = hospital.is(PartyName.of(party.reference()));
    return whole == Tri.U && worksAt(party.reference()) ? Tri.T : whole;
  }

  private boolean worksAt(String organization) {
    return hospital.isWithin(organization)
        && persons.stream()
            .flatMap(person -> directory.partiesNaming(person).stream())
            .anyMatch(
                role -> role.is("PractitionerRole") && role.organizations().contains(organization));
  }

  /** Two Practitioners of the directory are two persons. */
  private Tri practitioner(Party party) {
    if (persons.contains(party.reference())) {
      return Tri.T;
    }
    Tri value = compare(requester.practitioner(), party.identifiers());
    return value == Tri.U && !persons.isEmpty() ? Tri.F : value;
  }

  /** All that a PractitionerRole says must hold: person, hospital, and one of its codes. */
  private Tri role(Party role, Set<String> visited) {
    if (role.members().isEmpty() && role.organizations().isEmpty()) {
      return Tri.U;
    }
    Tri who = role.members().isEmpty() ? Tri.T : any(role.members(), visited);
    Tri where = role.organizations().isEmpty() ? Tri.T : any(role.organizations(), visited);
    return who.and(where).and(inRole(role));
  }

  private Tri inRole(Party role) {
    if (role.roles().isEmpty()) {
      return Tri.T;
    }
    return requester.roles().isEmpty()
        ? Tri.U
        : Tri.of(role.roles().stream().anyMatch(requester.roles()::contains));
  }

  private Tri any(Set<String> references, Set<String> visited) {
    return references.stream()
        .map(PartyName::of)
        .map(name -> includes(name, visited))
        .reduce(Tri::or)
        .orElse(Tri.U);
  }
}
