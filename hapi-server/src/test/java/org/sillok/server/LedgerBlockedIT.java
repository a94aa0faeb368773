package org.sillok.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sillok.merkle.TilePath;

/**
 * Nothing that a client waits for waits for the ledger. For H2 alone, where a blocked publication
 * gives up after some seconds, as one to a ledger that is away does; PostgreSQL would let it wait
 * for the lock for ever, and then a second one follows for what was written meanwhile.
 */
class LedgerBlockedIT extends RunningServer {

  @Test
  void writesGoOnAndOneCheckpointCatchesUp() throws Exception {
    put("Patient/blocked", patient("blocked", "Kim")).expect(201);
    awaitAnchored();
    long before = accepted();

    try (Connection blockade = dataSource.getConnection()) {
      blockade.setAutoCommit(false);
      blockade
          .createStatement()
          .executeQuery("SELECT id FROM sillok_ledger_head FOR UPDATE")
          .next();
      for (int i = 0; i < 20; i++) {
        put("Patient/blocked", patient("blocked", "Kim" + i)).expect(200);
      }
      post("", bundle("transaction", patients(100))).expect(200);
      await().atMost(Duration.ofMinutes(2)).until(this::isSigned);

      assertThat(accepted()).isEqualTo(before);
      assertThat(tileOfAllLeaves().statusCode()).as("beyond the accepted head").isEqualTo(404);
      blockade.rollback();
    }

    awaitAnchored();
    assertThat(accepted()).isEqualTo(before + 1);
    assertThat(tileOfAllLeaves().statusCode()).isEqualTo(200);
    assertThat(story("Patient", "blocked")).hasSize(21);
  }

  private HttpResponse<byte[]> tileOfAllLeaves() throws Exception {
    long last = size() - 1;
    String tile = new TilePath(0, last / 256, (int) (last % 256) + 1).toString();
    URI uri = URI.create("http://localhost:" + port + "/ledger/" + tile);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static String[] patients(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> bundleEntry("POST", "Patient", patient("", "Lee" + i)))
        .map(entry -> entry.replace("\"id\":\"\",", ""))
        .toArray(String[]::new);
  }

  private void awaitAnchored() {
    await().atMost(Duration.ofMinutes(3)).until(() -> pending() == 0 && anchored() == size());
  }

  /** Everything has its place, and somebody has tried to publish that. */
  private boolean isSigned() {
    return pending() == 0 && number("SELECT MAX(tree_size) FROM sillok_checkpoint") == size();
  }

  private long pending() {
    return number("SELECT COUNT(*) FROM sillok_entry WHERE log IS NULL");
  }

  private long size() {
    return number("SELECT MAX(tree_size) FROM sillok_log");
  }

  private long anchored() {
    return number(
        "SELECT COALESCE(MAX(tree_size), 0) FROM sillok_checkpoint WHERE receipt IS NOT NULL");
  }

  private long accepted() {
    return number("SELECT COUNT(*) FROM sillok_checkpoint WHERE receipt IS NOT NULL");
  }

  private long number(String sql) {
    return jdbc.queryForObject(sql, Long.class);
  }
}
