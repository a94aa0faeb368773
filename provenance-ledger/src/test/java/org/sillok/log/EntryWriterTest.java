package org.sillok.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sillok.log.LogFixture.MAC;
import static org.sillok.log.LogFixture.entry;
import static org.sillok.log.LogFixture.number;
import static org.sillok.log.LogFixture.rows;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.sillok.canonical.Nonce;
import org.sillok.log.Entry.Action;
import org.sillok.log.Entry.Kind;

class EntryWriterTest {

  private final DataSource database = LogFixture.h2();
  private final EntryWriter writer = new EntryWriter(MAC);

  @Test
  void writesInTheCallersTransactionAndNeverCommits() throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      writer.insert(connection, List.of(LogFixture.create("a"), LogFixture.create("b")));
      assertThat(number(database, "SELECT COUNT(*) FROM sillok_entry")).isZero();
      assertThat(connection.getAutoCommit()).isFalse();
      connection.rollback();
      assertThat(number(database, "SELECT COUNT(*) FROM sillok_entry")).isZero();
      writer.insert(connection, List.of(LogFixture.create("a"), LogFixture.create("b")));
      connection.commit();
    }
    assertThat(number(database, "SELECT COUNT(*) FROM sillok_entry WHERE log IS NULL"))
        .isEqualTo(2);
  }

  @Test
  void fillsTheLookupColumnsFromTheEntry() {
    Entry review =
        Entry.of(
            Kind.REVIEW,
            null,
            LogFixture.WHEN,
            LogFixture.CAUSE,
            Nonce.of(new byte[32]),
            Map.of("finding", "4"));
    NewEntry update = entry(Action.UPDATE, "x-1", 2);

    LogFixture.insert(database, update, new NewEntry(review, null));

    assertThat(
            rows(
                database,
                "SELECT kind, action, resource_type, resource_id, version, entry FROM sillok_entry"
                    + " ORDER BY version"))
        .containsExactly(
            java.util.Arrays.asList("review", "review", null, null, null, review.toJson()),
            List.of("resource", "update", "Observation", "x-1", 2L, update.entry().toJson()));
  }

  @Test
  void writesBirthsInVersionOrderAndWhatFollowsAfterThem() {
    LogFixture.insert(
        database,
        entry(Action.EXPUNGE, "a", 1),
        entry(Action.RELABEL, "a", 1),
        entry(Action.UPDATE, "a", 2),
        entry(Action.CREATE, "a", 1));

    assertThat(rows(database, "SELECT action FROM sillok_entry ORDER BY id"))
        .containsExactly(
            List.of("create"), List.of("relabel"), List.of("expunge"), List.of("update"));
  }

  @Test
  void theMacCoversNonceAndEntry() {
    byte[] nonce = new byte[32];
    byte[] text = "entry".getBytes(UTF_8);
    byte[] mac = MAC.of(nonce, text);
    byte[] otherNonce = new byte[32];
    otherNonce[31] = 1;

    assertThat(MAC.matches(nonce, text, mac)).isTrue();
    assertThat(MAC.matches(otherNonce, text, mac)).isFalse();
    assertThat(MAC.matches(null, text, mac)).isFalse();
    assertThat(MAC.matches(nonce, "Entry".getBytes(UTF_8), mac)).isFalse();
    assertThat(MAC.matches(nonce, text, new byte[32])).isFalse();
    assertThat(MAC.matches(nonce, text, new byte[0])).isFalse();
    assertThat(MAC.matches(nonce, text, null)).isFalse();
    assertThat(new EntryMac(otherNonce).matches(nonce, text, mac)).isFalse();
    // The same bytes, cut at another place.
    assertThat(MAC.of(new byte[] {'a'}, new byte[] {'b'}))
        .isNotEqualTo(MAC.of(null, new byte[] {'a', 'b'}));
    assertThatThrownBy(() -> new EntryMac(new byte[31])).hasMessageContaining("got 31");
  }

  @Test
  void forgettingDestroysTheNoncesOfOneVersionOnly() throws SQLException {
    LogFixture.insert(
        database,
        entry(Action.CREATE, "a", 1),
        entry(Action.RELABEL, "a", 1),
        entry(Action.UPDATE, "a", 2),
        entry(Action.CREATE, "b", 1));
    assertThat(LogFixture.drain(LogFixture.sequencer(database, 10))).isEqualTo(4);

    try (Connection connection = database.getConnection()) {
      writer.forget(connection, new ResourceVersion("Observation", "a", 1));
    }

    assertThat(
            rows(
                database,
                "SELECT resource_id, version FROM sillok_entry WHERE nonce IS NOT NULL ORDER BY id"))
        .containsExactlyInAnyOrder(List.of("a", 2L), List.of("b", 1L));
    for (List<Object> row : rows(database, "SELECT entry, nonce, mac FROM sillok_entry")) {
      assertThat(
              MAC.matches(
                  (byte[]) row.get(1), ((String) row.get(0)).getBytes(UTF_8), (byte[]) row.get(2)))
          .isTrue();
    }
  }

  @Test
  void forgettingDoesNotMakeAForgedRowGenuine() throws SQLException {
    LogFixture.forge(database, entry(Action.CREATE, "a", 1), new byte[32]);

    try (Connection connection = database.getConnection()) {
      writer.forget(connection, new ResourceVersion("Observation", "a", 1));
    }

    List<Object> row = rows(database, "SELECT entry, nonce, mac FROM sillok_entry").get(0);
    assertThat(row.get(1)).isNull();
    assertThat(MAC.matches(null, ((String) row.get(0)).getBytes(UTF_8), (byte[]) row.get(2)))
        .isFalse();
  }
}
