package org.sillok.gate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.Resource;

/**
 * An archive that knows few criteria: {@code patient}, {@code subject}, {@code _id}, {@code
 * identifier} of a Patient, {@code code}. Includes are all that a match mentions, or that mentions
 * it, whatever their path: more than a server would give.
 */
final class MemoryArchive implements Archive {

  /** By {@code Observation/7}; null in the list is a deletion. */
  private final Map<String, List<Optional<Resource>>> versions = new TreeMap<>();

  private final int chunk;

  /**
   * @param chunk the most that it gives at once
   */
  MemoryArchive(int chunk) {
    this.chunk = chunk;
  }

  /** As the next version. */
  void store(Resource resource) {
    List<Optional<Resource>> all = all(Bundles.reference(resource));
    Resource stored = resource.copy();
    stored.setId(Bundles.reference(resource) + "/_history/" + (all.size() + 1));
    stored.getMeta().setVersionId(Integer.toString(all.size() + 1));
    all.add(Optional.of(stored));
  }

  void delete(String reference) {
    all(reference).add(Optional.empty());
  }

  private List<Optional<Resource>> all(String reference) {
    return versions.computeIfAbsent(reference, r -> new ArrayList<>());
  }

  private Optional<Resource> newest(String reference) {
    List<Optional<Resource>> all = versions.getOrDefault(reference, List.of());
    return all.isEmpty() ? Optional.empty() : all.get(all.size() - 1).map(Resource::copy);
  }

  @Override
  public Optional<Resource> current(String type, String id) {
    return newest(type + "/" + id);
  }

  @Override
  public Optional<Resource> version(String type, String id, long version) {
    List<Optional<Resource>> all = versions.getOrDefault(type + "/" + id, List.of());
    return version < 1 || version > all.size() ? Optional.empty() : all.get((int) version - 1);
  }

  @Override
  public Slice history(String type, String id, int offset, int limit) {
    List<Optional<Resource>> newestFirst =
        new ArrayList<>(versions.getOrDefault(type + "/" + id, List.of()));
    java.util.Collections.reverse(newestFirst);
    return part(newestFirst, offset, limit);
  }

  private Slice part(List<Optional<Resource>> all, int offset, int limit) {
    int from = Math.min(offset, all.size());
    int to = Math.min(all.size(), from + Math.min(limit, chunk));
    return new Slice(all.subList(from, to), to < all.size());
  }

  @Override
  public Slice search(String type, List<Parameter> criteria, String sort, int offset, int limit) {
    if (criteria.stream().anyMatch(each -> each.value().equals("unreadable"))) {
      throw new UnreadableValueException(new IllegalStateException("unreadable"));
    }
    List<Optional<Resource>> found = new ArrayList<>();
    everything()
        .filter(resource -> resource.fhirType().equals(type))
        .filter(resource -> criteria.stream().allMatch(each -> matches(resource, each)))
        .sorted(Comparator.comparing(Bundles::reference))
        .forEach(resource -> found.add(Optional.of(resource)));
    return part(found, offset, limit);
  }

  private java.util.stream.Stream<Resource> everything() {
    return versions.keySet().stream().map(this::newest).flatMap(Optional::stream);
  }

  private static boolean matches(Resource resource, Parameter criterion) {
    String value = criterion.value();
    return switch (criterion.name()) {
      case "patient", "subject" ->
          resource.fhirType().equals("Provenance")
              ? Mentions.of(resource).contains(value)
              : Mentions.of(resource).contains(value);
      case "_id" -> List.of(value.split(",")).contains(resource.getIdElement().getIdPart());
      case "identifier" ->
          resource instanceof org.hl7.fhir.r4.model.Patient patient
              && patient.getIdentifier().stream()
                  .anyMatch(id -> value.equals(id.getSystem() + "|" + id.getValue()));
      case "code" ->
          resource instanceof org.hl7.fhir.r4.model.Observation observation
              && observation.getCode().getCoding().stream()
                  .anyMatch(code -> value.equals(code.getCode()));
      default -> true;
    };
  }

  @Override
  public List<Resource> included(String type, List<String> ids, List<Include> includes) {
    Map<String, Resource> found = new LinkedHashMap<>();
    for (String id : ids) {
      Resource match = current(type, id).orElseThrow();
      Set<String> mentioned = new HashSet<>(Mentions.of(match));
      everything()
          .filter(
              each ->
                  mentioned.contains(Bundles.reference(each))
                      || Mentions.of(each).contains(Bundles.reference(match)))
          .forEach(each -> found.put(Bundles.reference(each), each));
    }
    return List.copyOf(found.values());
  }
}
