package org.sillok.verification;

import org.jspecify.annotations.Nullable;
import org.sillok.log.Entry;
import org.sillok.log.LogReader;
import org.sillok.log.StoredEntry.Place;

/**
 * Where the log says that everything is known which was there before it. Once seen it stays so,
 * whatever becomes of the entry's row. Thread-safe.
 */
public final class ImportEnd {

  private final LogReader reader;
  private volatile @Nullable Place end;

  public ImportEnd(LogReader reader) {
    this.reader = reader;
  }

  /** Whether the import had ended before this place. */
  public boolean isBefore(int log, long index) {
    Place known = end;
    if (known == null) {
      known = reader.importClosed().orElse(null);
      end = known;
    }
    return known != null && (known.log() < log || (known.log() == log && known.index() < index));
  }

  /** Whether an entry tells of a version that was there before the log. */
  public static boolean isImport(LoggedEntry entry) {
    return entry.is(Entry.Action.IMPORT);
  }

  /**
   * @param place of an import that comes too late
   */
  public static Failure failure(String place) {
    return new Failure(
        Step.BIRTH_ENTRY, place + " tells of an import, behind the end of all imports");
  }
}
