package org.sillok.plugin.reconcile;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.sillok.canonical.CanonicalFormException;
import org.sillok.canonical.Commitment;
import org.sillok.canonical.Nonce;
import org.sillok.log.Cause;
import org.sillok.log.Entry;
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

/**
 * Writes {@code found} entries. Whoever does it holds the lock on the row of the walk in the
 * background, and looks once more before writing.
 */
final class JdbcUnloggedVersions implements UnloggedVersions {

  private static final String LOCK = "SELECT id FROM sillok_sweep WHERE id = ? FOR UPDATE";

  private final Database database;
  private final StoredVersions stored;
  private final EntryWriter entries;
  private final SecureRandom random;

  JdbcUnloggedVersions(
      DataSource dataSource, StoredVersions stored, EntryWriter entries, SecureRandom random) {
    this.database = new Database(dataSource);
    this.stored = stored;
    this.entries = entries;
    this.random = random;
  }

  @Override
  public Outcome log(ResourceVersion version) {
    return database.run(
        connection -> {
          lock(connection);
          return logLocked(connection, stored.read(version));
        });
  }

  private static void lock(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(LOCK)) {
      select.setString(1, SweepTable.BACKGROUND);
      select.executeQuery().close();
    }
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
      Nonce nonce = Nonce.random(random);
      Commitment commitment =
          Commitment.of(nonce, CanonicalContent.bytes(picture.version(), version.content()));
      Entry entry =
          Entry.of(
              Entry.Action.FOUND,
              picture.version(),
              version.updated().instant(),
              new Cause(UUID.randomUUID().toString(), "system", "internal"),
              commitment);
      entries.insert(connection, List.of(new NewEntry(entry, nonce)));
      return Outcome.FOUND;
    } catch (CanonicalFormException e) {
      return Outcome.IMPOSSIBLE;
    }
  }
}
