package org.sillok.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.sillok.ledger.Ledger;
import org.sillok.ledger.block.LedgerPublicKey;
import org.sillok.ledger.embedded.EmbeddedLedger;
import org.sillok.log.LogReader;
import org.sillok.merkle.Hash;
import org.sillok.merkle.TilePath;
import org.sillok.merkle.TiledTree;
import org.sillok.note.Checkpoint;
import org.sillok.note.SignedNote;
import org.sillok.note.VerifierKey;
import org.springframework.beans.factory.annotation.Autowired;

/** A third-party follower: knows the server's address and C2SP's specifications. */
class LogTilesIT extends RunningServer {

  private final HttpClient http = HttpClient.newHttpClient();

  @Autowired LogReader reader;
  @Autowired Ledger ledger;

  @Test
  void theTilesAddUpToTheSignedTreeHead() throws Exception {
    put("Patient/tiles", patient("tiles", "T")).expect(201);
    Checkpoint head =
        await()
            .atMost(Duration.ofSeconds(60))
            .ignoreExceptions()
            .until(
                this::checkpoint, found -> found.size() == reader.size(1) && reader.pending() == 0);

    TiledTree tree = new TiledTree((level, index) -> tile(level, index, head.size()));
    assertThat(tree.root(head.size())).isEqualTo(head.root());
    tree.inclusion(head.size() - 1, head.size());
    await().atMost(Duration.ofSeconds(60)).until(() -> reader.newestAnchored(1).isPresent());
  }

  @Test
  void aHeadThatTheLedgerHasNotAcceptedIsNotShown() throws Exception {
    await().atMost(Duration.ofSeconds(60)).until(() -> reader.newestAnchored(1).isPresent());
    jdbc.update(
        "INSERT INTO sillok_checkpoint (log, tree_size, root, note, signed_at)"
            + " VALUES (1, 999999999, ?, 'only signed', CURRENT_TIMESTAMP)",
        new byte[Hash.SIZE]);
    try {
      assertThat(checkpoint().size()).isLessThan(999999999);
    } finally {
      jdbc.update("DELETE FROM sillok_checkpoint WHERE tree_size = 999999999");
    }
  }

  @Test
  void healthShowsStrangersStatesAndNoDetails() throws Exception {
    URI uri = URI.create("http://localhost:" + port + "/actuator/health");
    String health =
        http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString()).body();
    assertThat(health).contains("sillokLog", "sillokLedger", "sillokSweep");
    assertThat(health).doesNotContain("details", "origin", "anchored");
  }

  @Test
  void theLedgersKeyIsTheOneInItsFoundingBlock() throws Exception {
    HttpResponse<byte[]> answer = fetch("ledger.pub");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(LedgerPublicKey.parse(new String(answer.body(), UTF_8).strip()))
        .isEqualTo(((EmbeddedLedger) ledger).publicKey());
  }

  private Checkpoint checkpoint() throws Exception {
    HttpResponse<byte[]> answer = fetch("checkpoint");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValueSatisfying(
            type -> assertThat(type).isEqualToIgnoringCase("text/plain;charset=utf-8"));
    VerifierKey key = VerifierKey.parse(new String(fetch("log.vkey").body(), UTF_8).strip());
    return Checkpoint.open(SignedNote.parse(new String(answer.body(), UTF_8)), key);
  }

  /** Full where the tree has all of it, else of exactly the width that the tree head implies. */
  private byte[] tile(int level, long index, long size) {
    long inLevel = size >> (8 * level);
    int width = (int) Math.min(256, inLevel - index * 256);
    try {
      HttpResponse<byte[]> answer = fetch(new TilePath(level, index, width).toString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
      assertThat(answer.headers().firstValue("Cache-Control"))
          .hasValueSatisfying(cache -> assertThat(cache).contains("immutable"));
      assertThat(answer.body()).hasSize(width * Hash.SIZE);
      return answer.body();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatIsNotThereIsNotFound() throws Exception {
    assertThat(fetch("tile/entries/000").statusCode()).isEqualTo(404);
    assertThat(fetch("tile/0/x999/999").statusCode()).isEqualTo(404);
    assertThat(fetch("tile/0/000.p/0").statusCode()).isEqualTo(404);
    assertThat(fetch("tile/64/000").statusCode()).isEqualTo(404);
    assertThat(fetch("tile/0/-1").statusCode()).isEqualTo(404);
    assertThat(fetch("tile/0/000.p/256").statusCode()).isEqualTo(404);
  }

  private HttpResponse<byte[]> fetch(String path) throws IOException {
    try {
      URI uri = URI.create("http://localhost:" + port + "/ledger/" + path);
      return http.send(
          HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
