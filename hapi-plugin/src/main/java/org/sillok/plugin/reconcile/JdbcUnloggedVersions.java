package org.sillok.plugin.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.sillok.canonical.CanonicalFormException;
import org.sillok.canonical.Commitment;
import org.sillok.canonical.Nonce;
import org.sillok.log.Cause;
import org.sillok.log.Entry;
import org.sillok.log.EntryMac;
import org.sillok.log.EntryWriter;
import org.sillok.log.NewEntry;
import org.sillok.log.ResourceVersion;
import org.sillok.reconcile.UnloggedVersions;
import org.sillok.verification.CanonicalContent;
import org.sillok.verification.Content;
import org.sillok.verification.ContentCheck;
import org.sillok.verification.StoredVersion;
import org.sillok.verification.StoredVersions;
import org.sillok.verification.VersionPicture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes {@code import} entries for what was there before the log began, until a whole walk has
 * been over it, and {@code found} entries for everything else. Whoever does it holds the lock on
 * the row of the walk in the background, and looks once more before writing.
 */
final class JdbcUnloggedVersions implements UnloggedVersions {

  private static final Logger LOG = LoggerFactory.getLogger(JdbcUnloggedVersions.class);
  private static final String IMPORT_CLOSED =
      "SELECT entry, nonce, mac FROM sillok_entry WHERE kind = 'import-closed'";
  private static final String IMPORTED =
      "SELECT COUNT(*) FROM sillok_entry WHERE action = 'import' AND kind = 'resource'";
  private static final String FIRST_START = "SELECT MIN(created_at) FROM sillok_log";

  private final Database database;
  private final StoredVersions stored;
  private final EntryWriter entries;
  private final SecureRandom random;
  private final InstantSource clock;
  private final EntryMac mac;
  private final Remembered remembered;

  JdbcUnloggedVersions(
      DataSource dataSource,
      StoredVersions stored,
      EntryWriter entries,
      EntryMac mac,
      Remembered remembered,
      SecureRandom random,
      InstantSource clock) {
    this.database = new Database(dataSource);
    this.stored = stored;
    this.entries = entries;
    this.mac = mac;
    this.remembered = remembered;
    this.random = random;
    this.clock = clock;
  }

  @Override
  public Outcome log(ResourceVersion version) {
    return database.run(
        connection -> {
          SweepTable.lock(connection);
          return logLocked(connection, stored.read(version));
        });
  }

  @Override
  public void walked() {
    if (remembered.isImportClosed()) {
      return;
    }
    database.run(
        connection -> {
          SweepTable.lock(connection);
          if (isImportOpen(connection)) {
            String count = Long.toString(count(connection, IMPORTED));
            Entry closed =
                Entry.of(
                    Entry.Kind.IMPORT_CLOSED,
                    null,
                    clock.instant(),
                    cause(),
                    Nonce.random(random),
                    Map.of("count", count));
            entries.insert(connection, List.of(new NewEntry(closed, null)));
            LOG.info("The import of what was there before is closed: {} versions", count);
          }
          return true;
        });
    remembered.closeImport();
  }

  /** Once it was seen closed it stays so, whatever becomes of the entry. */
  private boolean isImportOpen(Connection connection) throws SQLException {
    if (remembered.isImportClosed()) {
      return false;
    }
    try (PreparedStatement select = connection.prepareStatement(IMPORT_CLOSED);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        byte[] entry = Objects.requireNonNullElse(rows.getString(1), "").getBytes(UTF_8);
        if (mac.matches(rows.getBytes(2), entry, rows.getBytes(3))) {
          remembered.closeImport();
          return false;
        }
      }
      return true;
    }
  }

  private static long count(Connection connection, String sql) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  private static boolean wasThereBefore(Connection connection, StoredVersion version)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(FIRST_START);
        ResultSet row = select.executeQuery()) {
      row.next();
      OffsetDateTime first = row.getObject(1, OffsetDateTime.class);
      return first != null && version.updated().instant().isBefore(first.toInstant());
    }
  }

  private static Cause cause() {
    return new Cause(UUID.randomUUID().toString(), "system", "internal");
  }

  private Outcome logLocked(Connection connection, VersionPicture picture) throws SQLException {
    StoredVersion version = picture.stored();
    if (version == null || !ContentCheck.entriesOf(picture).isEmpty()) {
      return Outcome.SETTLED;
    }
    if (version.content() instanceof Content.Unreadable) {
      return Outcome.IMPOSSIBLE;
    }
    try {
      boolean imported = wasThereBefore(connection, version) && isImportOpen(connection);
      Nonce nonce = Nonce.random(random);
      Commitment commitment =
          Commitment.of(nonce, CanonicalContent.bytes(picture.version(), version.content()));
      Entry entry =
          Entry.of(
              imported ? Entry.Action.IMPORT : Entry.Action.FOUND,
              picture.version(),
              version.updated().instant(),
              cause(),
              commitment);
      entries.insert(connection, List.of(new NewEntry(entry, nonce)));
      return imported ? Outcome.IMPORTED : Outcome.FOUND;
    } catch (CanonicalFormException e) {
      return Outcome.IMPOSSIBLE;
    }
  }
}
