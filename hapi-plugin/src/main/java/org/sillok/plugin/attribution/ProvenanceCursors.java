package org.sillok.plugin.attribution;

import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Where the writing of Provenances stands in each log. */
final class ProvenanceCursors {

  // The newest anchored head alone, by the order of the primary key: there are ever more of them.
  private static final String BACKLOG =
      "SELECT l.log, c.next_leaf, (SELECT k.tree_size FROM sillok_checkpoint k"
          + " WHERE k.log = l.log AND k.receipt IS NOT NULL"
          + " ORDER BY k.log DESC, k.tree_size DESC FETCH FIRST 1 ROWS ONLY) AS anchored"
          + " FROM sillok_log l JOIN sillok_provenance_cursor c ON c.log = l.log ORDER BY l.log";
  private static final String LOGS_WITHOUT_CURSOR =
      "SELECT l.log FROM sillok_log l"
          + " WHERE NOT EXISTS (SELECT 1 FROM sillok_provenance_cursor c WHERE c.log = l.log)";
  private static final String CLAIM =
      "SELECT next_leaf FROM sillok_provenance_cursor WHERE log = ? FOR UPDATE SKIP LOCKED";
  private final JdbcTemplate jdbc;

  ProvenanceCursors(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** The oldest log that has anchored leaves without Provenance. */
  Optional<Backlog> backlog() {
    for (Integer log : jdbc.queryForList(LOGS_WITHOUT_CURSOR, Integer.class)) {
      begin(log);
    }
    return jdbc
        .query(
            BACKLOG,
            (row, i) ->
                new Backlog(row.getInt("log"), row.getLong("next_leaf"), row.getLong("anchored")))
        .stream()
        .filter(one -> one.leaves() > 0)
        .findFirst();
  }

  private void begin(int log) {
    try {
      jdbc.update("INSERT INTO sillok_provenance_cursor (log, next_leaf) VALUES (?, 0)", log);
    } catch (DuplicateKeyException e) {
      // Another server was faster, and what it wrote is the same.
      return;
    }
  }

  /**
   * Locks the cursor until the end of the transaction.
   *
   * @return the next leaf, or empty while another server works on this log
   */
  Optional<Long> claim(int log) {
    return jdbc.queryForList(CLAIM, Long.class, log).stream().findFirst();
  }

  void advance(int log, long next) {
    jdbc.update("UPDATE sillok_provenance_cursor SET next_leaf = ? WHERE log = ?", next, log);
  }

  String origin(int log) {
    return jdbc.queryForList("SELECT origin FROM sillok_log WHERE log = ?", String.class, log)
        .get(0);
  }
}
