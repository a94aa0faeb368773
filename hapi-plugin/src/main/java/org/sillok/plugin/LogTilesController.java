package org.sillok.plugin;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.sillok.log.LogReader;
import org.sillok.log.OpenLog;
import org.sillok.log.StoredCheckpoint;
import org.sillok.merkle.Hash;
import org.sillok.merkle.TilePath;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The log for the world, as C2SP tlog-tiles has it: the newest signed tree head and the hashes
 * below it. Entries never leave the hospital, so there are no entry bundles.
 */
@RestController
@RequestMapping("/ledger")
class LogTilesController {

  private static final MediaType TEXT = MediaType.parseMediaType("text/plain;charset=utf-8");
  private static final String PREFIX = "/ledger/";
  private static final CacheControl FOR_EVER =
      CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();
  private static final CacheControl SHORT =
      CacheControl.maxAge(Duration.ofSeconds(5)).cachePublic();

  private final OpenLog log;
  private final LogReader reader;

  LogTilesController(OpenLog log, LogReader reader) {
    this.log = log;
    this.reader = reader;
  }

  /**
   * 404 until the ledger has accepted the first tree head. One that is only signed may not be on
   * disk yet: H2 shows what it commits a moment before it writes it. Killed in that moment, the
   * server would go on with another tree of that size than the one that the world has seen.
   */
  @GetMapping("/checkpoint")
  ResponseEntity<String> checkpoint() {
    Optional<String> note = reader.newestAnchored(log.number()).map(StoredCheckpoint::note);
    return note.map(text -> ResponseEntity.ok().contentType(TEXT).cacheControl(SHORT).body(text))
        .orElseGet(() -> ResponseEntity.notFound().build());
  }

  /** The log's public key in the form of C2SP signed-note. */
  @GetMapping("/log.vkey")
  ResponseEntity<String> vkey() {
    return ResponseEntity.ok().contentType(TEXT).cacheControl(SHORT).body(log.vkey() + "\n");
  }

  /** 404 for what the newest head does not cover, for the same reason: a tile is kept for ever. */
  @GetMapping("/tile/**")
  ResponseEntity<byte[]> tile(HttpServletRequest request) {
    String path =
        request.getRequestURI().substring(request.getContextPath().length() + PREFIX.length());
    TilePath tile;
    try {
      tile = TilePath.parse(path);
    } catch (IllegalArgumentException e) {
      return ResponseEntity.notFound().build();
    }
    long accepted = reader.newestAnchored(log.number()).map(StoredCheckpoint::size).orElse(0L);
    if (!tile.isWithin(accepted)) {
      return ResponseEntity.notFound().build();
    }
    byte[] hashes = reader.tiles(log.number()).hashes(tile.level(), tile.index());
    int wanted = tile.width() * Hash.SIZE;
    if (hashes.length < wanted) {
      return ResponseEntity.notFound().build();
    }
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_OCTET_STREAM)
        .cacheControl(FOR_EVER)
        .body(Arrays.copyOf(hashes, wanted));
  }
}
