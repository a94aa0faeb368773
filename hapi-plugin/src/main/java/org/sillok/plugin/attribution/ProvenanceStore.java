package org.sillok.plugin.attribution;

import ca.uhn.fhir.interceptor.model.RequestPartitionId;
import ca.uhn.fhir.jpa.entity.Search;
import ca.uhn.fhir.jpa.model.search.SearchStatusEnum;
import ca.uhn.fhir.jpa.search.cache.ISearchCacheSvc;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.sillok.attribution.OwnProvenance;
import org.sillok.log.ResourceVersion;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** Which Provenances are the server's own, and their references in HAPI's search index. */
final class ProvenanceStore implements OwnProvenance {

  private static final String AMONG =
      "SELECT resource_id FROM sillok_provenance WHERE resource_id IN (:ids)";
  private static final String OURS =
      " AND EXISTS (SELECT 1 FROM HFJ_RESOURCE s"
          + " JOIN sillok_provenance p ON p.resource_id = s.FHIR_ID"
          + " WHERE s.RES_ID = l.SRC_RESOURCE_ID AND s.RES_TYPE = 'Provenance')";
  private static final String RELEASE =
      "DELETE FROM HFJ_RES_LINK l WHERE l.TARGET_RESOURCE_ID = (SELECT t.RES_ID FROM HFJ_RESOURCE t"
          + " WHERE t.RES_TYPE = ? AND t.FHIR_ID = ? AND t.RES_VER = ?"
          + " AND t.RES_DELETED_AT IS NOT NULL)"
          + OURS;
  private static final String STAND_ASIDE =
      "UPDATE HFJ_RES_LINK l SET TARGET_RESOURCE_VERSION ="
          + " (SELECT t.RES_VER FROM HFJ_RESOURCE t WHERE t.RES_ID = l.TARGET_RESOURCE_ID)"
          + " WHERE l.TARGET_RESOURCE_VERSION IS NULL AND l.TARGET_RESOURCE_ID ="
          + " (SELECT t.RES_ID FROM HFJ_RESOURCE t WHERE t.RES_TYPE = ? AND t.FHIR_ID = ?)"
          + OURS;
  private static final String SET_VERSION =
      "UPDATE HFJ_RES_LINK SET TARGET_RESOURCE_VERSION = :version"
          + " WHERE SRC_RESOURCE_ID = :source AND TARGET_RESOURCE_ID IN (:targets)";

  private final JdbcTemplate jdbc;
  private final NamedParameterJdbcTemplate named;
  private final Supplier<ISearchCacheSvc> searches;

  ProvenanceStore(JdbcTemplate jdbc, Supplier<ISearchCacheSvc> searches) {
    this.jdbc = jdbc;
    this.named = new NamedParameterJdbcTemplate(jdbc);
    this.searches = searches;
  }

  @Override
  public Set<String> among(Collection<String> ids) {
    return new HashSet<>(named.queryForList(AMONG, Map.of("ids", ids), String.class));
  }

  @Override
  public void release(ResourceVersion version) {
    jdbc.update(RELEASE, version.type(), version.id(), version.version());
  }

  /** Makes our references to a resource specific to a version again. */
  void standAside(String type, String id) {
    jdbc.update(STAND_ASIDE, type, id);
  }

  @Override
  public boolean isEverything(String searchId) {
    return search(searchId)
        .flatMap(Search::getSearchParameterMap)
        .filter(parameters -> parameters.getEverythingMode() != null)
        .isPresent();
  }

  @Override
  public boolean isUnfinished(String searchId) {
    return search(searchId)
        .filter(search -> search.getStatus() == SearchStatusEnum.PASSCMPLET)
        .isPresent();
  }

  private Optional<Search> search(String id) {
    return searches.get().fetchByUuid(id, RequestPartitionId.allPartitions());
  }

  void remember(Collection<String> ids) {
    jdbc.batchUpdate(
        "INSERT INTO sillok_provenance (resource_id) VALUES (?)",
        ids.stream().map(id -> new Object[] {id}).toList());
  }

  /**
   * Makes the references in the index specific to a version, as those in the resource are. HAPI
   * does not count such a reference as one that stands against a delete.
   */
  void setVersion(long source, long version, List<Long> targets) {
    named.update(SET_VERSION, Map.of("version", version, "source", source, "targets", targets));
  }
}
