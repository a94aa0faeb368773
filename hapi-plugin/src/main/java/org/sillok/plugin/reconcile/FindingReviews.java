package org.sillok.plugin.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sillok.canonical.Nonce;
import org.sillok.log.Cause;
import org.sillok.log.Entry;
import org.sillok.log.EntryWriter;
import org.sillok.log.NewEntry;
import org.sillok.merkle.Hash;
import org.sillok.merkle.Rfc6962;
import org.sillok.plugin.reconcile.FindingRows.Row;
import org.sillok.plugin.reconcile.LoggedReviews.Reviewed;
import org.sillok.reconcile.Finding;
import org.sillok.reconcile.Findings.Review;

/**
 * Which findings are closed: those of which the log tells that somebody has reviewed them as they
 * are. Once closed they stay so while this server runs. For one thread at a time.
 */
final class FindingReviews {

  private final FindingRows rows;
  private final LoggedReviews logged;
  private final EntryWriter entries;
  private final SecureRandom random;
  private final BitSet closed = new BitSet();
  private final List<Reviewed> reviews = new ArrayList<>();

  FindingReviews(FindingRows rows, LoggedReviews logged, EntryWriter entries, SecureRandom random) {
    this.rows = rows;
    this.logged = logged;
    this.entries = entries;
    this.random = random;
  }

  /**
   * Looks for reviews that are new.
   *
   * @param count findings that there are
   */
  void refresh(Connection connection, long count) throws SQLException {
    if (count > closed.cardinality()) {
      for (Reviewed reviewed : logged.fresh(connection)) {
        if (reviewed.last() <= count
            && hash(connection, reviewed.first(), reviewed.last()).equals(reviewed.hash())) {
          close(reviewed);
        }
      }
    }
  }

  void close(Reviewed reviewed) {
    closed.set((int) reviewed.first(), (int) reviewed.last() + 1);
    reviews.add(reviewed);
  }

  /** The first that is open behind this one; it may be one that there is not yet. */
  long openAfter(long id) {
    return closed.nextClearBit((int) Math.min(id, Integer.MAX_VALUE - 1L) + 1);
  }

  int closed() {
    return closed.cardinality();
  }

  @Nullable Review of(long id) {
    return reviews.stream()
        .filter(reviewed -> reviewed.first() <= id && id <= reviewed.last())
        .findFirst()
        .map(Reviewed::review)
        .orElse(null);
  }

  /**
   * Writes a review into the log; it counts when the caller's transaction has ended well.
   *
   * @param finding the one that is reviewed, if it is one
   */
  Reviewed write(
      Connection connection,
      long first,
      long last,
      @Nullable Finding finding,
      Instant at,
      String by,
      String reason)
      throws SQLException {
    Hash hash = hash(connection, first, last);
    Map<String, String> details = new HashMap<>(LoggedReviews.details(first, last, hash, reason));
    if (finding != null) {
      details.put("step", finding.step().code());
      details.put("subject", finding.subject());
    }
    Entry entry =
        Entry.of(
            Entry.Kind.REVIEW,
            finding == null ? null : finding.version(),
            at,
            new Cause(UUID.randomUUID().toString(), by, "$review"),
            Nonce.random(random),
            details);
    entries.insert(connection, List.of(new NewEntry(entry, null)));
    return new Reviewed(first, last, hash, new Review(entry.recorded(), by, reason));
  }

  /** Of all that the findings say; one whose row is gone says that. */
  private Hash hash(Connection connection, long first, long last) throws SQLException {
    Map<Long, Row> there = rows.between(connection, first, last);
    StringBuilder text = new StringBuilder();
    for (long id = first; id <= last; id++) {
      Row row = there.get(id);
      text.append(id).append(FindingRows.text(row == null ? null : row.finding())).append('\n');
    }
    return Rfc6962.leaf(text.toString().getBytes(UTF_8));
  }
}
