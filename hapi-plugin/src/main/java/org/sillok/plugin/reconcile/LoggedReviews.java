package org.sillok.plugin.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sillok.log.Entry;
import org.sillok.log.EntryFormatException;
import org.sillok.log.EntryMac;
import org.sillok.merkle.Hash;
import org.sillok.reconcile.Findings.Review;

/**
 * The reviews that the log tells of: nothing else closes a finding. Reads the whole log once, and
 * then what is new. For one thread at a time.
 */
final class LoggedReviews {

  private static final String SELECT =
      "SELECT id, entry, nonce, mac FROM sillok_entry WHERE id > ? AND kind = 'review' ORDER BY id";
  private static final String NEWEST = "SELECT MAX(id) FROM sillok_entry";
  private static final String FINDINGS = "findings";
  private static final String HASH = "findings-hash";
  private static final String REASON = "reason";
  private static final Pattern RANGE = Pattern.compile("([0-9]{1,18})-([0-9]{1,18})");

  /** A lower id may commit later. */
  private static final long LATE = 10_000;

  private final EntryMac mac;
  private final Set<Long> known = new HashSet<>();
  private long read = Long.MIN_VALUE;

  LoggedReviews(EntryMac mac) {
    this.mac = mac;
  }

  /**
   * @param hash of the findings that were reviewed
   */
  record Reviewed(long first, long last, Hash hash, Review review) {

    Reviewed {
      if (first < 1 || last < first || last >= Integer.MAX_VALUE) {
        throw new IllegalArgumentException("findings " + first + " to " + last);
      }
    }
  }

  /** What a review entry says beside what somebody had looked at. */
  static Map<String, String> details(long first, long last, Hash hash, String reason) {
    return Map.of(FINDINGS, first + "-" + last, HASH, hash.toString(), REASON, reason);
  }

  /** Those that were not given before. */
  List<Reviewed> fresh(Connection connection) throws SQLException {
    List<Reviewed> fresh = new ArrayList<>();
    long newest = newest(connection);
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setLong(1, read);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          String json = rows.getString(2);
          if (json != null
              && mac.matches(rows.getBytes(3), json.getBytes(UTF_8), rows.getBytes(4))
              && known.add(rows.getLong(1))) {
            reviewed(json).ifPresent(fresh::add);
          }
        }
      }
    }
    read = Math.max(read, newest - LATE);
    return fresh;
  }

  private static long newest(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(NEWEST);
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  private static Optional<Reviewed> reviewed(String json) {
    try {
      Entry entry = Entry.parse(json);
      Matcher range = RANGE.matcher(entry.details().getOrDefault(FINDINGS, ""));
      if (entry.kind() != Entry.Kind.REVIEW || !range.matches()) {
        return Optional.empty();
      }
      return Optional.of(
          new Reviewed(
              Long.parseLong(range.group(1)),
              Long.parseLong(range.group(2)),
              Hash.ofHex(entry.details().getOrDefault(HASH, "")),
              new Review(
                  entry.recorded(),
                  entry.cause().agent(),
                  entry.details().getOrDefault(REASON, ""))));
    } catch (EntryFormatException | IllegalArgumentException e) {
      return Optional.empty(); // no review, then
    }
  }
}
