package org.sillok.gate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;
import org.sillok.gate.Archive.Slice;
import org.sillok.gate.Shape.Everything;
import org.sillok.gate.Shape.History;
import org.sillok.gate.Shape.Paged;
import org.sillok.gate.Shape.Proof;
import org.sillok.gate.Shape.Read;
import org.sillok.gate.Shape.Search;

/** Carries out one request: nothing of the archive gets past without {@link Release}. */
final class Interactions {

  private static final int CHUNK = 100;

  private final Archive archive;
  private final Proofs proofs;
  private final Custodian custodian;
  private final Release release;

  Interactions(Sources sources, Custodian custodian, Release release) {
    this.archive = sources.archive();
    this.proofs = sources.proofs();
    this.custodian = custodian;
    this.release = release;
  }

  Answer read(Read read) {
    return released(read).map(Answer::of).orElseGet(Answer::absent);
  }

  private Optional<Resource> released(Read read) {
    Optional<Resource> found =
        read.version() == 0
            ? archive.current(read.type(), read.id())
            : archive.version(read.type(), read.id(), read.version());
    return found.filter(release::permits);
  }

  Answer proof(Proof proof) {
    Read read = proof.of();
    return released(read)
        .map(resource -> resource.getIdElement().getVersionIdPartAsLong())
        .flatMap(
            version ->
                proof.evidence()
                    ? proofs.evidence(read.type(), read.id(), version, proof.content())
                    : proofs.verify(read.type(), read.id(), version))
        .map(Answer::about)
        .orElseGet(Answer::absent);
  }

  /**
   * What may be seen of a page.
   *
   * @param next place of the first that comes after; -1 if nothing that may be seen does
   */
  record Page(List<Resource> matches, List<Resource> included, long next) {

    boolean isEmpty() {
      return matches.isEmpty();
    }
  }

  Page page(Paged shape, long place) {
    Walk walk = new Walk(lists(shape), place, CHUNK);
    List<Resource> matches = new ArrayList<>();
    while (walk.advance()) {
      Optional<Resource> resource = walk.resource().filter(release::permits);
      if (resource.isPresent() && matches.size() == shape.count()) {
        return new Page(matches, included(shape, matches), walk.place());
      }
      resource.ifPresent(matches::add);
    }
    return new Page(matches, included(shape, matches), -1);
  }

  private List<Walk.Source> lists(Paged shape) {
    if (shape instanceof History history) {
      return List.of(
          (offset, limit) -> archive.history(history.type(), history.id(), offset, limit));
    }
    if (shape instanceof Search search) {
      return List.of(list(search.type(), search.allCriteria(), search.sort()));
    }
    if (shape instanceof Everything everything) {
      return everything.types().stream().map(type -> list(everything, type)).toList();
    }
    throw new IllegalStateException("no list for " + shape);
  }

  private Walk.Source list(Everything everything, String type) {
    String patient = "Patient/" + everything.id();
    List<Parameter> criteria = new ArrayList<>(everything.criteria());
    criteria.add(
        switch (type) {
          case "Patient" -> new Parameter("_id", everything.id());
          case "AdverseEvent" -> new Parameter("subject", patient);
          default -> new Parameter("patient", patient);
        });
    return list(type, criteria, "_id");
  }

  private Walk.Source list(String type, List<Parameter> criteria, String sort) {
    return release.inScope(type)
        ? (offset, limit) -> archive.search(type, criteria, sort, offset, limit)
        : (offset, limit) -> Slice.NONE;
  }

  /** Reached through what may be seen only, and decided itself. */
  private List<Resource> included(Paged shape, List<Resource> matches) {
    if (matches.isEmpty() || shape instanceof History) {
      return List.of();
    }
    List<Resource> found =
        shape instanceof Search search ? included(search, matches) : patientless(matches);
    Set<String> there = new LinkedHashSet<>();
    matches.forEach(each -> there.add(Bundles.reference(each)));
    return found.stream()
        .filter(release::permitsIncluded)
        .filter(each -> there.add(Bundles.reference(each)))
        .sorted(Comparator.comparing(Bundles::reference))
        .toList();
  }

  private List<Resource> included(Search search, List<Resource> matches) {
    List<String> ids = matches.stream().map(each -> each.getIdElement().getIdPart()).toList();
    return search.includes().isEmpty()
        ? List.of()
        : archive.included(search.type(), ids, search.includes());
  }

  /** Who and what the matches name that is nobody's: practitioners, places, drugs. */
  private List<Resource> patientless(List<Resource> matches) {
    Map<String, Set<String>> wanted = new TreeMap<>();
    for (Resource match : matches) {
      for (String reference : Mentions.of(match)) {
        String[] parts = reference.split("/", 2);
        if (custodian.settings().patientlessTypes().contains(parts[0])) {
          wanted.computeIfAbsent(parts[0], t -> new LinkedHashSet<>()).add(parts[1]);
        }
      }
    }
    List<Resource> found = new ArrayList<>();
    wanted.forEach(
        (type, ids) -> ids.forEach(id -> archive.current(type, id).ifPresent(found::add)));
    return found;
  }

  /** As a Bundle; the caller adds the link to what follows. */
  Bundle bundle(Paged shape, Page page) {
    return shape instanceof History
        ? Bundles.history(custodian.base(), page.matches())
        : Bundles.searchset(custodian.base(), page.matches(), page.included());
  }
}
