package org.sillok.reconcile;

import org.sillok.log.Entry;
import org.sillok.log.ResourceVersion;

/** Gives entries to versions that have none. */
public interface UnloggedVersions {

  /** What became of the version. */
  enum Outcome {
    /** an entry with action {@link Entry.Action#FOUND} tells of it now */
    FOUND,
    /** an entry with action {@link Entry.Action#IMPORT} tells of it now */
    IMPORTED,
    /** it has an entry after all, or is gone */
    SETTLED,
    /** its row is such that nothing can be committed to */
    IMPOSSIBLE
  }

  /** Writes its entry, exactly once however many servers try. */
  Outcome log(ResourceVersion version);

  /** Tells that a walk has been over all versions: what was there before the log began is known. */
  void walked();
}
