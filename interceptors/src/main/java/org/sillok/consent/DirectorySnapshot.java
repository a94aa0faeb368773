package org.sillok.consent;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sillok.ledger.HospitalId;

/** A directory of what was known at one moment. Immutable. */
public final class DirectorySnapshot implements Directory {

  public static final DirectorySnapshot EMPTY =
      new DirectorySnapshot(Set.of(), List.of(), Map.of());

  private final Set<HospitalId> members;
  private final Map<String, Party> parties = new HashMap<>();
  private final Map<BusinessId, List<Party>> byIdentifier = new HashMap<>();
  private final Map<String, List<Party>> naming = new HashMap<>();
  private final Map<BusinessId, String> patients;

  /**
   * @param members the consortium's active hospitals
   * @param patients {@code Patient/7} by identifiers that only this patient has
   */
  public DirectorySnapshot(
      Collection<HospitalId> members, Collection<Party> parties, Map<BusinessId, String> patients) {
    this.members = Set.copyOf(members);
    this.patients = Map.copyOf(patients);
    for (Party party : parties) {
      this.parties.put(party.reference(), party);
      party.identifiers().forEach(id -> add(byIdentifier, id, party));
      party.organizations().forEach(name -> add(naming, name, party));
      party.members().forEach(name -> add(naming, name, party));
    }
  }

  private static <K> void add(Map<K, List<Party>> index, K key, Party party) {
    index.computeIfAbsent(key, k -> new ArrayList<>()).add(party);
  }

  @Override
  public boolean isActiveMember(HospitalId hospital) {
    return members.contains(hospital);
  }

  @Override
  public Optional<Party> party(String reference) {
    return Optional.ofNullable(parties.get(reference));
  }

  @Override
  public Collection<Party> partiesWith(BusinessId identifier) {
    return byIdentifier.getOrDefault(identifier, List.of());
  }

  @Override
  public Collection<Party> partiesNaming(String reference) {
    return naming.getOrDefault(reference, List.of());
  }

  @Override
  public Optional<String> patientWith(BusinessId identifier) {
    return Optional.ofNullable(patients.get(identifier));
  }
}
