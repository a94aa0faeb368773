package org.sillok.ledger;

import org.jspecify.annotations.Nullable;

/**
 * What the ledger knows of a log.
 *
 * @param origin fixed when the log was opened
 * @param head the newest accepted tree head, {@link TreeHead#EMPTY} before the first
 * @param predecessorHead where the previous log was broken off; null for the first log
 * @param open false once a successor took over; a closed log accepts nothing more
 */
public record LogRecord(
    LogId id, String origin, TreeHead head, @Nullable TreeHead predecessorHead, boolean open) {

  public LogRecord withHead(TreeHead next) {
    return new LogRecord(id, origin, next, predecessorHead, open);
  }

  public LogRecord closed() {
    return new LogRecord(id, origin, head, predecessorHead, false);
  }
}
