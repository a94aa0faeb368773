package org.sillok.verification;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sillok.log.Entry;
import org.sillok.log.ResourceVersion;

/**
 * What is to be said of one version.
 *
 * @param failure the first step that failed; null if none did
 * @param note what a reader should know beside the code: why it is pending, or that its log was
 *     closed
 * @param entry the birth entry, if one can be told
 * @param anchor the checkpoint under which its newest entry was proved, if it was
 */
public record Verdict(
    ResourceVersion version,
    Code code,
    @Nullable Failure failure,
    @Nullable String note,
    @Nullable LoggedEntry entry,
    @Nullable Anchor anchor,
    Instant checkedAt) {

  /** The verdicts in one word each. */
  public enum Code {
    /** every step holds, up to the ledger */
    VERIFIED,
    /** every step holds that can be taken before the ledger has the entry */
    PENDING,
    /** the database or the log is not what was written */
    ALTERED,
    /** the version, or its entry, is gone */
    MISSING,
    /** the sweep met it without an entry: nobody can say where it came from */
    FOUND,
    /** it was there before the log began; it has not changed since */
    IMPORTED,
    /** the server itself removed it for good, and the log says so */
    EXPUNGED,
    /** there is no such version, and never was */
    UNKNOWN;

    private final String code = name().toLowerCase(Locale.ROOT);

    /** The form in FHIR and JSON. */
    public String code() {
      return code;
    }
  }

  /** The code that goes with a failure of {@link ContentCheck}. */
  public static Code codeOf(Failure failure, VersionPicture picture) {
    boolean noEntry =
        failure.step() == Step.BIRTH_ENTRY && ContentCheck.entriesOf(picture).isEmpty();
    if (picture.stored() == null && noEntry) {
      return Code.UNKNOWN;
    }
    boolean gone = failure.step() == Step.STORED_VERSION && picture.stored() == null;
    return gone || noEntry ? Code.MISSING : Code.ALTERED;
  }

  /** The code of a version whose steps all hold and whose entries are all anchored. */
  public static Code anchoredCode(LoggedEntry birth) {
    if (birth.is(Entry.Action.FOUND)) {
      return Code.FOUND;
    }
    return birth.is(Entry.Action.IMPORT) ? Code.IMPORTED : Code.VERIFIED;
  }
}
