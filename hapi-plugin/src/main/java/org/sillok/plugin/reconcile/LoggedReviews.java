package org.sillok.plugin.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.sillok.log.Entry;
import org.sillok.log.EntryFormatException;
import org.sillok.log.EntryMac;
import org.sillok.merkle.Rfc6962;
import org.sillok.reconcile.Finding;

/**
 * The reviews that the log tells of, since anybody can write one into the table of findings.
 * Remembers those that it has seen; the whole log is only read for one that it has not.
 * Thread-safe.
 */
final class LoggedReviews {

  private static final String SELECT =
      "SELECT entry, nonce, mac FROM sillok_entry WHERE kind = 'review'";
  private static final String STEP = "step";
  private static final String SUBJECT = "subject";
  private static final String DETAIL = "detail-hash";

  private record Reviewed(Map<String, String> what, Instant at) {}

  private final EntryMac mac;
  private final Set<Reviewed> known = ConcurrentHashMap.newKeySet();

  LoggedReviews(EntryMac mac) {
    this.mac = mac;
  }

  /** What a review entry says of the finding that was reviewed. */
  static Map<String, String> about(Finding finding) {
    return Map.of(
        STEP,
        finding.step().code(),
        SUBJECT,
        finding.subject(),
        DETAIL,
        Rfc6962.leaf(finding.detail().getBytes(UTF_8)).toString());
  }

  /** Whether exactly this finding was reviewed at that time. */
  boolean has(Connection connection, Finding finding, Instant at) throws SQLException {
    Reviewed reviewed = new Reviewed(about(finding), at);
    if (!known.contains(reviewed)) {
      read(connection);
    }
    return known.contains(reviewed);
  }

  private void read(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        String json = rows.getString(1);
        if (json != null && mac.matches(rows.getBytes(2), json.getBytes(UTF_8), rows.getBytes(3))) {
          add(json);
        }
      }
    }
  }

  private void add(String json) {
    try {
      Entry entry = Entry.parse(json);
      if (entry.kind() == Entry.Kind.REVIEW) {
        Map<String, String> what = new HashMap<>(entry.details());
        what.keySet().retainAll(Set.of(STEP, SUBJECT, DETAIL));
        known.add(new Reviewed(Map.copyOf(what), entry.recorded()));
      }
    } catch (EntryFormatException e) {
      return; // no review, then
    }
  }
}
