package org.sillok.attribution;

import java.time.Instant;
import java.util.Map;
import org.sillok.canonical.Commitment;
import org.sillok.canonical.Nonce;
import org.sillok.log.Cause;
import org.sillok.log.Entry;
import org.sillok.log.ResourceVersion;

/** Leaves for tests; every part that a test does not name is fixed. */
final class Leaves {

  static final Instant RECORDED = Instant.parse("2026-11-22T03:04:05.678Z");

  private Leaves() {}

  static Leaf leaf(long index, String request, Entry.Action action, String type) {
    return leaf(index, request, "anonymous", action, new ResourceVersion(type, "r" + index, 1));
  }

  static Leaf leaf(
      long index, String request, String agent, Entry.Action action, ResourceVersion subject) {
    Cause cause = new Cause(request, agent, "transaction");
    Instant recorded = RECORDED.plusMillis(index);
    Entry entry =
        action == Entry.Action.EXPUNGE
            ? Entry.expunge(subject, recorded, cause, nonce(index))
            : Entry.of(
                action, subject, recorded, cause, Commitment.of(nonce(index), new byte[] {1}));
    return new Leaf(index, entry.toJson(), entry);
  }

  static Leaf access(long index, String request) {
    Entry entry =
        Entry.of(
            Entry.Kind.ACCESS,
            null,
            RECORDED,
            new Cause(request, "anonymous", "read"),
            nonce(index),
            Map.of());
    return new Leaf(index, entry.toJson(), entry);
  }

  private static Nonce nonce(long index) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) index;
    return Nonce.of(bytes);
  }
}
