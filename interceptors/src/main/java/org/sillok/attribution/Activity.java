package org.sillok.attribution;

import java.util.Optional;
import org.sillok.log.Entry;

/** What was done to the targets of a Provenance; a code of HL7's {@code v3-DataOperation}. */
public enum Activity {
  CREATE,
  UPDATE,
  DELETE;

  /**
   * The activity that an entry tells of. A change of labels is an update and an expunging a delete;
   * what no request of a user made ({@code import}, {@code found}), and entries of another kind
   * than {@code resource}, have none.
   */
  static Optional<Activity> of(Entry entry) {
    Entry.Action action = entry.action();
    if (action == null) {
      return Optional.empty();
    }
    return switch (action) {
      case CREATE -> Optional.of(CREATE);
      case UPDATE, RELABEL -> Optional.of(UPDATE);
      case DELETE, EXPUNGE -> Optional.of(DELETE);
      case IMPORT, FOUND -> Optional.empty();
    };
  }
}
