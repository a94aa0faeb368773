package org.sillok.plugin.attribution;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.sillok.attribution.Leaf;
import org.sillok.log.Entry;
import org.sillok.log.EntryFormatException;
import org.sillok.log.LogReader;
import org.sillok.log.ResourceVersion;
import org.sillok.log.StoredEntry;
import org.springframework.jdbc.datasource.DataSourceUtils;

/**
 * The leaves that Provenances are about, read within the running transaction. Rows that none of the
 * hospital's servers wrote are left out: what is signed here must be true, and the sweep tells of
 * them.
 */
final class LeafSource {

  /** Within so many entries the rest of a transaction is found that was cut by a checkpoint. */
  static final int LOOK_AHEAD = 500;

  private final DataSource dataSource;
  private final LogReader log;
  private final ProvenanceStore own;

  LeafSource(DataSource dataSource, LogReader log, ProvenanceStore own) {
    this.dataSource = dataSource;
    this.log = log;
    this.own = own;
  }

  /** The leaves from {@code from} to before {@code to} that want a Provenance, in order. */
  List<Leaf> leaves(int number, long from, long to) {
    List<Leaf> leaves =
        leaves(here().between(number, from, to)).filter(Leaf::isAttributable).toList();
    Set<String> candidates =
        leaves.stream().flatMap(leaf -> ownCandidate(leaf).stream()).collect(Collectors.toSet());
    if (candidates.isEmpty()) {
      return leaves;
    }
    Set<String> ours = own.among(candidates);
    return leaves.stream()
        .filter(leaf -> ownCandidate(leaf).filter(ours::contains).isEmpty())
        .toList();
  }

  /** The requests that have entries from {@code end} on, or entries without a place yet. */
  Set<String> requestsFrom(int number, long end) {
    LogReader reader = here();
    return leaves(
            Stream.concat(
                    reader.between(number, end, end + LOOK_AHEAD).stream(),
                    reader.pending(LOOK_AHEAD).stream())
                .toList())
        .map(Leaf::request)
        .collect(Collectors.toSet());
  }

  private LogReader here() {
    return log.on(DataSourceUtils.getConnection(dataSource));
  }

  private static Stream<Leaf> leaves(List<StoredEntry> entries) {
    return entries.stream().filter(StoredEntry::authentic).map(LeafSource::leaf);
  }

  private static Leaf leaf(StoredEntry stored) {
    StoredEntry.Place place = stored.place();
    try {
      return Leaf.of(place == null ? Long.MAX_VALUE : place.index(), stored.json());
    } catch (EntryFormatException e) {
      throw new IllegalStateException("the server itself wrote a bad entry", e);
    }
  }

  /** We write each of our Provenances once; what others do to it later is theirs. */
  private static Optional<String> ownCandidate(Leaf leaf) {
    ResourceVersion subject = leaf.entry().subject();
    return subject != null
            && subject.version() == 1
            && subject.type().equals("Provenance")
            && leaf.entry().action() == Entry.Action.CREATE
        ? Optional.of(subject.id())
        : Optional.empty();
  }
}
