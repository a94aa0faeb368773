package org.sillok.verification;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.sillok.log.EntryFormatException;
import org.sillok.log.LogReader;
import org.sillok.log.ResourceVersion;
import org.sillok.log.StoredEntry;

/** Takes every step for one version. Thread-safe. */
public final class Verifier {

  private final StoredVersions stored;
  private final LogReader reader;
  private final LogCheck log;
  private final ImportEnd importEnd;
  private final InstantSource clock;

  public Verifier(StoredVersions stored, LogReader reader, LogCheck log, InstantSource clock) {
    this.stored = stored;
    this.reader = reader;
    this.log = log;
    this.importEnd = new ImportEnd(reader);
    this.clock = clock;
  }

  /**
   * The version that a read returns; if there is no such resource, the newest that the log knows.
   */
  public Optional<ResourceVersion> current(String type, String id) {
    OptionalLong current = stored.currentVersion(type, id);
    if (current.isPresent()) {
      return Optional.of(new ResourceVersion(type, id, current.getAsLong()));
    }
    return reader.newest(type, id).map(Verifier::subject);
  }

  private static @Nullable ResourceVersion subject(StoredEntry entry) {
    try {
      return entry.entry().subject();
    } catch (EntryFormatException e) {
      return null;
    }
  }

  public Verdict verify(ResourceVersion version) {
    return verify(stored.read(version));
  }

  /** As {@link #verify(ResourceVersion)}, of what was read already. */
  public Verdict verify(VersionPicture picture) {
    List<LoggedEntry> entries = ContentCheck.entriesOf(picture);
    LoggedEntry birth = ContentCheck.birthOf(entries).orElse(null);
    Failure failure = ContentCheck.of(picture);
    if (failure != null || birth == null) {
      return failure == null
          ? verdict(picture, Verdict.Code.UNKNOWN, null, null, null, null)
          : verdict(picture, Verdict.codeOf(failure, picture), failure, null, birth, null);
    }
    LogCheck.Result result = log.of(entries);
    if (result instanceof LogCheck.Result.Failed failed) {
      return verdict(picture, Verdict.Code.ALTERED, failed.failure(), null, birth, null);
    }
    if (result instanceof LogCheck.Result.Proved proved) {
      Failure doubt = doubt(picture, birth, entries.get(entries.size() - 1), proved.anchor());
      if (doubt != null) {
        return verdict(picture, Verdict.Code.ALTERED, doubt, null, birth, null);
      }
      Verdict.Code code =
          picture.stored() == null ? Verdict.Code.EXPUNGED : Verdict.anchoredCode(birth);
      return verdict(picture, code, null, proved.note(), birth, proved.anchor());
    }
    Verdict.Code code =
        Verdict.anchoredCode(birth) == Verdict.Code.FOUND
            ? Verdict.Code.FOUND
            : Verdict.Code.PENDING;
    String why = ((LogCheck.Result.Pending) result).why();
    return verdict(picture, code, null, why, birth, null);
  }

  /** What the version and its own entries do not show. */
  private @Nullable Failure doubt(
      VersionPicture picture, LoggedEntry birth, LoggedEntry last, Anchor anchor) {
    int number = anchor.log().number();
    Long born = birth.leafIndex();
    if (ImportEnd.isImport(birth) && born != null && importEnd.isBefore(number, born)) {
      return ImportEnd.failure("leaf " + born + " of log " + number);
    }
    if (!picture.isCurrent() || !picture.newest() || picture.stored() == null) {
      return null;
    }
    long from = Math.max(anchor.leafIndex(), last.leafIndex() == null ? 0 : last.leafIndex());
    long missing = reader.missing(number, from, anchor.head().size());
    return missing == 0
        ? null
        : new Failure(
            Step.CURRENT_VERSION,
            "log "
                + number
                + " lacks "
                + missing
                + " entries behind leaf "
                + from
                + "; any of them may have told of a later version");
  }

  private Verdict verdict(
      VersionPicture picture,
      Verdict.Code code,
      @Nullable Failure failure,
      @Nullable String note,
      @Nullable LoggedEntry birth,
      @Nullable Anchor anchor) {
    return new Verdict(picture.version(), code, failure, note, birth, anchor, clock.instant());
  }
}
