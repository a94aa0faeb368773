package org.sillok.consent;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** The Organizations that stand for one hospital, and those that it is part of. */
final class HospitalParties {

  private final Directory directory;
  private final Set<String> own = new HashSet<>();
  private final Set<BusinessId> ownIds = new HashSet<>();
  private final Set<String> upward = new HashSet<>();
  private final Set<BusinessId> upwardIds = new HashSet<>();

  /**
   * @param asserted the hospital's identifiers
   */
  HospitalParties(Set<BusinessId> asserted, Directory directory) {
    this.directory = directory;
    ownIds.addAll(asserted);
    upwardIds.addAll(asserted);
    Deque<Party> open = new ArrayDeque<>();
    for (BusinessId id : asserted) {
      for (Party party : directory.partiesWith(id)) {
        if (party.is("Organization") && own.add(party.reference())) {
          ownIds.addAll(party.identifiers());
          open.add(party);
        }
      }
    }
    while (!open.isEmpty()) {
      Party party = open.remove();
      if (upward.add(party.reference())) {
        upwardIds.addAll(party.identifiers());
        party.organizations().forEach(name -> directory.party(name).ifPresent(open::add));
      }
    }
  }

  /** Whether the name means this hospital, or something that it is part of. */
  Tri is(PartyName name) {
    String reference = name.reference();
    Tri byReference =
        reference == null ? Tri.U : directory.party(reference).map(this::is).orElse(Tri.U);
    BusinessId id = name.identifier();
    return byReference.agree(id == null ? Tri.U : is(id));
  }

  private Tri is(BusinessId id) {
    if (upwardIds.contains(id)) {
      return Tri.T;
    }
    Collection<Party> parties = directory.partiesWith(id);
    if (parties.isEmpty()) {
      return hasSystemOf(ownIds, Set.of(id)) ? Tri.F : Tri.U;
    }
    return parties.stream().map(this::is).reduce(Tri.F, Tri::or);
  }

  /** A part of this hospital is neither it nor somebody else: the engine cannot tell. */
  private Tri is(Party party) {
    if (upward.contains(party.reference())
        || party.identifiers().stream().anyMatch(upwardIds::contains)) {
      return Tri.T;
    }
    if (!party.is("Organization")) {
      return Tri.F;
    }
    if (isBelow(party)) {
      return Tri.U;
    }
    return !own.isEmpty() || hasSystemOf(ownIds, party.identifiers()) ? Tri.F : Tri.U;
  }

  /** Whether the organization is this hospital or a part of it. */
  boolean isWithin(String organization) {
    return own.contains(organization)
        || directory.party(organization).map(this::isBelow).orElse(false);
  }

  private boolean isBelow(Party party) {
    Set<String> seen = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(party.organizations());
    while (!open.isEmpty()) {
      String outer = open.remove();
      if (own.contains(outer)) {
        return true;
      }
      if (seen.add(outer)) {
        directory.party(outer).ifPresent(next -> open.addAll(next.organizations()));
      }
    }
    return false;
  }

  /** Whether an identifier of one system is in both, so that they can be told apart. */
  static boolean hasSystemOf(Set<BusinessId> some, Set<BusinessId> others) {
    return some.stream()
        .anyMatch(one -> others.stream().anyMatch(two -> one.system().equals(two.system())));
  }
}
