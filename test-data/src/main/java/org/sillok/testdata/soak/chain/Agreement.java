package org.sillok.testdata.soak.chain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.h2.jdbcx.JdbcConnectionPool;
import org.sillok.ledger.AcceptedCheckpoint;
import org.sillok.ledger.ConsentKey;
import org.sillok.ledger.ConsentState;
import org.sillok.ledger.Receipt;
import org.sillok.ledger.besu.BesuLedger;
import org.sillok.merkle.Hash;
import org.sillok.merkle.RootBuilder;
import org.sillok.testdata.chain.Tables;

/**
 * Compares what is in a hospital's database with what stands on the chain, as somebody sees it who
 * follows the chain from its beginning: the tree is built anew from the entries alone. For a
 * hospital that has come to rest.
 */
final class Agreement {

  private final Site site;
  private final Tally tally;
  private final List<String> problems = new ArrayList<>();

  private Agreement(Site site, Tally tally) {
    this.site = site;
    this.tally = tally;
  }

  /**
   * What was counted and what was wrong.
   *
   * @param heads that the chain has accepted
   * @param sent transactions of the hospital in blocks
   */
  record Result(long leaves, long heads, long sent, List<String> problems) {

    Result {
      problems = List.copyOf(problems);
    }
  }

  static Result check(Site site, Tally tally) throws SQLException {
    return new Agreement(site, tally).run();
  }

  private Result run() throws SQLException {
    JdbcConnectionPool empty = Tables.memory();
    try {
      BesuLedger newcomer = site.newcomer(empty);
      List<AcceptedCheckpoint> accepted =
          newcomer.checkpoints().checkpointsAfter(Common.LOG, 0, Integer.MAX_VALUE);
      Map<Long, Hash> roots = rebuild();
      long leaves = roots.size() - 1L;
      compare(accepted, roots, leaves);
      compareRows(accepted, roots);
      checkConsents(newcomer);
      long sent = checkTransactions(accepted.size());
      return new Result(leaves, accepted.size(), sent, problems);
    } finally {
      empty.dispose();
    }
  }

  /** The root at every size, from the entries in their places. */
  private Map<Long, Hash> rebuild() throws SQLException {
    RootBuilder builder = new RootBuilder();
    Map<Long, Hash> roots = new HashMap<>();
    roots.put(0L, builder.root());
    Set<String> resources = new HashSet<>();
    each(
        "SELECT leaf_index, entry, resource_id FROM sillok_entry WHERE log = 1 ORDER BY leaf_index",
        row -> {
          want(builder.size(), row.getLong(1), "place of the next leaf");
          builder.add(row.getString(2).getBytes(UTF_8));
          roots.put(builder.size(), builder.root());
          resources.add(row.getString(3));
        });
    long written = site.entries().written();
    want(written, builder.size(), "leaves");
    want(written, resources.size(), "different entries among the leaves");
    want(written, site.number("SELECT COUNT(*) FROM sillok_entry"), "entries");
    want(
        written,
        site.number("SELECT tree_size FROM sillok_log WHERE log = 1"),
        "leaves by the log");
    return roots;
  }

  private void compare(List<AcceptedCheckpoint> accepted, Map<Long, Hash> roots, long leaves) {
    Set<Hash> transactions = new HashSet<>();
    for (AcceptedCheckpoint head : accepted) {
      want(
          Optional.ofNullable(roots.get(head.head().size())),
          Optional.of(head.head().root()),
          "root that the chain has of size " + head.head().size());
      transactions.add(head.receipt().transaction());
    }
    want(accepted.size(), transactions.size(), "transactions with a head");
    long newest = accepted.isEmpty() ? 0 : accepted.get(accepted.size() - 1).head().size();
    want(leaves, newest, "size of the newest head on the chain");
  }

  /** Each accepted head has its receipt here, and no signed head is of another tree. */
  private void compareRows(List<AcceptedCheckpoint> accepted, Map<Long, Hash> roots)
      throws SQLException {
    Map<Long, Receipt> receipts = new HashMap<>();
    each(
        "SELECT tree_size, root, receipt FROM sillok_checkpoint",
        row -> {
          want(
              Optional.ofNullable(roots.get(row.getLong(1))),
              Optional.of(Hash.of(row.getBytes(2))),
              "root of the signed head of size " + row.getLong(1));
          if (row.getString(3) != null) {
            receipts.put(row.getLong(1), Receipt.ofJson(row.getString(3)));
          }
        });
    want(accepted.size(), receipts.size(), "receipts");
    for (AcceptedCheckpoint head : accepted) {
      want(
          Optional.of(head.receipt()),
          Optional.ofNullable(receipts.get(head.head().size())),
          "receipt for size " + head.head().size());
    }
  }

  private void checkConsents(BesuLedger newcomer) {
    for (ConsentKey key : tally.consents()) {
      Optional<ConsentState> consent = newcomer.consents().consent(key);
      want(
          Optional.of("ACTIVE 1"),
          consent.map(state -> state.status() + " " + state.version()),
          "consent " + key);
    }
  }

  /** Each head and each consent took one transaction, and none is in a block that is not known. */
  private long checkTransactions(int heads) throws SQLException {
    long sent = site.transactions();
    want(0, transactions("state = 'PENDING'"), "transactions in flight");
    want(heads, transactions("state = 'MINED' AND lane <> ''"), "transactions that published");
    want(
        tally.consents().size(),
        transactions("state = 'MINED' AND lane = ''"),
        "transactions that recorded");
    want(
        tally.timesReverted(),
        transactions("state = 'REVERTED' AND lane <> ''"),
        "heads that were refused in their block");
    want(
        tally.timesStolen(),
        transactions("state = 'LOST'"),
        "transactions whose nonce somebody else has used");
    want(
        sent,
        transactions("state IN ('MINED', 'REVERTED')") + tally.timesStolen(),
        "known transactions in blocks");
    want(
        transactions("state <> 'LOST'"),
        site.number(
            "SELECT COUNT(DISTINCT nonce) FROM sillok_chain_transaction WHERE state <> 'LOST'"),
        "nonces");
    return sent;
  }

  private long transactions(String where) throws SQLException {
    return site.number("SELECT COUNT(*) FROM sillok_chain_transaction WHERE " + where);
  }

  private void want(Object want, Object got, String what) {
    if (!String.valueOf(want).equals(String.valueOf(got))) {
      problems.add(what + ": " + got + ", want " + want);
    }
  }

  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  private void each(String query, RowReader reader) throws SQLException {
    try (Connection connection = site.database().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        reader.read(rows);
      }
    }
  }
}
