package org.sillok.verification;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.sillok.log.ResourceVersion;

/**
 * Reads stored versions together with their entries, each call in one snapshot of the database on a
 * connection of its own. Thread-safe.
 */
public interface StoredVersions {

  /** The position before all rows: whoever has the database may also use keys below zero. */
  long BEFORE_ALL = Long.MIN_VALUE;

  /** What there is about one version; a version that never was has neither row nor entries. */
  VersionPicture read(ResourceVersion version);

  /** The version that a read of the resource returns, deleted ones included. */
  OptionalLong currentVersion(String type, String id);

  /** The next versions in the order of their rows' keys. */
  Page<VersionPicture> versionsAfter(long position, int limit);

  /** The next entries, of every kind, in the order of their rows' ids. */
  Page<EntryPicture> entriesAfter(long position, int limit);

  /** The row with which {@link #versionsAfter} begins, should it be past reading. */
  Optional<RowName> versionRowAfter(long position);

  /** The row with which {@link #entriesAfter} begins, should it be past reading. */
  Optional<RowName> entryRowAfter(long position);

  /** How many versions {@link #versionsAfter} has in all, about. */
  long countVersions();

  /** How many entries {@link #entriesAfter} has in all, about. */
  long countEntries();

  /**
   * What a row is called; nothing else in it was read.
   *
   * @param key its position
   * @param row its table and key
   * @param version the version that its lookup columns name, if they name one
   */
  record RowName(long key, String row, @Nullable ResourceVersion version) {}

  /**
   * @param stored whether the version that the row is about is stored
   */
  record EntryPicture(LoggedEntry entry, boolean stored) {}

  /**
   * @param strays names of rows that no FHIR client can have written, since their resource's id is
   *     not of FHIR's form
   * @param last the position from which to go on; the one given if there is nothing beyond it
   */
  record Page<T>(List<T> items, List<String> strays, long last) {

    public Page {
      items = List.copyOf(items);
      strays = List.copyOf(strays);
    }
  }
}
