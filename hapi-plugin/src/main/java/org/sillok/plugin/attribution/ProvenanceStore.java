package org.sillok.plugin.attribution;

import ca.uhn.fhir.interceptor.model.RequestPartitionId;
import ca.uhn.fhir.jpa.entity.Search;
import ca.uhn.fhir.jpa.model.dao.JpaPid;
import ca.uhn.fhir.jpa.model.search.SearchStatusEnum;
import ca.uhn.fhir.jpa.search.cache.ISearchCacheSvc;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.IdType;
import org.sillok.attribution.OwnProvenance;
import org.sillok.log.ResourceVersion;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** Which Provenances are the server's own, and their references in HAPI's search index. */
final class ProvenanceStore implements OwnProvenance {

  private static final String AMONG =
      "SELECT resource_id FROM sillok_provenance WHERE resource_id IN (:ids)";
  // By the id alone, since the index has that first; ids that two types share are rare.
  private static final String STORED =
      "SELECT r.RES_TYPE, r.FHIR_ID, r.RES_ID, r.RES_DELETED_AT,"
          + " EXISTS (SELECT 1 FROM MPI_LINK m WHERE m.GOLDEN_RESOURCE_PID = r.RES_ID) AS GOLDEN"
          + " FROM HFJ_RESOURCE r WHERE r.FHIR_ID = ANY (?)";
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

  /**
   * A resource of the server.
   *
   * @param referable whether a reference to it does no harm: HAPI refuses one to what is deleted,
   *     and $mdm-clear, which passes by every hook, fails where one leads to a golden resource
   */
  record Stored(JpaPid pid, boolean referable) {}

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

  /**
   * Those of {@code resources}, such as {@code Observation/7}, that are or were in the database.
   * HAPI's own way to look up many reads the whole table.
   */
  Map<String, Stored> find(Collection<String> resources) {
    Set<String> wanted = new HashSet<>(resources);
    String[] ids =
        wanted.stream().map(each -> new IdType(each).getIdPart()).distinct().toArray(String[]::new);
    Map<String, Stored> found = new HashMap<>();
    jdbc.query(
        STORED,
        statement -> statement.setArray(1, statement.getConnection().createArrayOf("varchar", ids)),
        row -> {
          String resource = row.getString("RES_TYPE") + "/" + row.getString("FHIR_ID");
          if (wanted.contains(resource)) {
            JpaPid pid = JpaPid.fromId(row.getLong("RES_ID"));
            boolean deleted = row.getTimestamp("RES_DELETED_AT") != null;
            found.put(resource, new Stored(pid, !deleted && !row.getBoolean("GOLDEN")));
          }
        });
    return found;
  }

  void remember(Collection<String> ids) {
    jdbc.batchUpdate(
        "INSERT INTO sillok_provenance (resource_id) VALUES (?)",
        ids.stream().map(id -> new Object[] {id}).toList());
  }
}
