package org.sillok.testdata.chain;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.sql.DataSource;
import org.sillok.canonical.Commitment;
import org.sillok.canonical.Nonce;
import org.sillok.log.Cause;
import org.sillok.log.Entry;
import org.sillok.log.Entry.Action;
import org.sillok.log.EntryWriter;
import org.sillok.log.NewEntry;
import org.sillok.log.OpenLog;
import org.sillok.log.ResourceVersion;

/**
 * Writes entries of made-up resources as a server's requests do, numbered from 0. For one thread.
 */
public final class Entries {

  private static final Instant WHEN = Instant.parse("2026-11-22T03:04:05.678Z");
  private static final Cause CAUSE = new Cause("request-1", "practitioner/kim", "create");

  private final DataSource database;
  private final EntryWriter writer;
  private long written;

  public Entries(DataSource database, OpenLog log) {
    this.database = database;
    this.writer = new EntryWriter(log.mac());
  }

  /** So many have been committed; the last one is of the resource with this number less one. */
  public long written() {
    return written;
  }

  /** Commits {@code count} entries in one transaction. */
  public void write(int count) throws SQLException {
    List<NewEntry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      entries.add(entry(written + i));
    }
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      writer.insert(connection, entries);
      connection.commit();
      connection.setAutoCommit(true);
    }
    written += count;
  }

  private static NewEntry entry(long number) {
    byte[] seed = new byte[Nonce.SIZE];
    new Random(number).nextBytes(seed);
    Nonce nonce = Nonce.of(seed);
    return new NewEntry(
        Entry.of(
            Action.CREATE,
            new ResourceVersion("Observation", Long.toString(number), 1),
            WHEN,
            CAUSE,
            Commitment.of(nonce, seed)),
        nonce);
  }
}
