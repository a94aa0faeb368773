package org.sillok.capture;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sillok.canonical.Commitment;
import org.sillok.canonical.Nonce;
import org.sillok.log.Cause;
import org.sillok.log.Entry;
import org.sillok.log.Entry.Action;
import org.sillok.log.EntryWriter;
import org.sillok.log.NewEntry;
import org.sillok.log.ResourceVersion;

/**
 * What one database transaction has written so far. A version that hooks tell of twice counts once,
 * with its last content: labels added to a version in the transaction that makes it belong to its
 * birth. Used by the thread of the transaction only.
 */
public final class CapturedWrites {

  private record Change(Action action, Instant recorded, Cause cause, VersionContent content) {}

  private record Expunging(Instant recorded, Cause cause) {}

  private final EntryWriter writer;
  private final Deletions deletions;
  private final ReadContent binaries;
  private final SecureRandom random;

  private final Map<ResourceVersion, Change> changes = new LinkedHashMap<>();
  private final Map<Object, Cause> deleted = new LinkedHashMap<>();
  private final Map<ResourceVersion, Expunging> expunged = new LinkedHashMap<>();
  private boolean inserted;

  public CapturedWrites(
      EntryWriter writer, Deletions deletions, ReadContent binaries, SecureRandom random) {
    this.writer = writer;
    this.deletions = deletions;
    this.binaries = binaries;
    this.random = random;
  }

  /** Whether {@link #insert} was called, so that what comes now comes late. */
  boolean isInserted() {
    return inserted;
  }

  void birth(Action action, ResourceVersion version, Instant recorded, Cause cause, String json) {
    changes.put(version, new Change(action, recorded, cause, VersionContent.of(json, binaries)));
  }

  void relabel(ResourceVersion version, Instant recorded, Cause cause, String json) {
    VersionContent content = VersionContent.of(json, binaries);
    changes.merge(
        version,
        new Change(Action.RELABEL, recorded, cause, content),
        (known, relabelled) -> new Change(known.action, known.recorded, known.cause, content));
  }

  /** A resource that is about to be deleted; whether it was is asked for at the commit. */
  void deletion(Object pid, Cause cause) {
    deleted.putIfAbsent(pid, cause);
  }

  void expunging(ResourceVersion version, Instant recorded, Cause cause) {
    expunged.putIfAbsent(version, new Expunging(recorded, cause));
  }

  /**
   * Inserts everything known and not inserted yet, in one batch.
   *
   * @param connection of the transaction that made the writes; its commit makes the entries stand
   * @return entries inserted
   */
  public int insert(Connection connection) throws SQLException {
    inserted = true;
    deleted.forEach(this::resolve);
    deleted.clear();
    List<NewEntry> entries = new ArrayList<>(changes.size() + expunged.size());
    changes.forEach((version, change) -> entries.add(entry(version, change)));
    expunged.forEach((version, end) -> entries.add(entry(version, end)));
    writer.insert(connection, entries);
    for (ResourceVersion version : expunged.keySet()) {
      writer.forget(connection, version);
    }
    changes.clear();
    expunged.clear();
    return entries.size();
  }

  private void resolve(Object pid, Cause cause) {
    deletions
        .find(pid)
        .ifPresent(
            deletion -> {
              ResourceVersion version = deletion.version();
              VersionContent content = VersionContent.ofDeletion(version.type(), version.id());
              changes.put(version, new Change(Action.DELETE, deletion.deletedAt(), cause, content));
            });
  }

  private NewEntry entry(ResourceVersion version, Change change) {
    Nonce nonce = Nonce.random(random);
    Commitment commitment = Commitment.of(nonce, change.content.canonical(binaries));
    return new NewEntry(
        Entry.of(change.action, version, change.recorded, change.cause, commitment), nonce);
  }

  private NewEntry entry(ResourceVersion version, Expunging end) {
    return new NewEntry(
        Entry.expunge(version, end.recorded, end.cause, Nonce.random(random)), null);
  }
}
