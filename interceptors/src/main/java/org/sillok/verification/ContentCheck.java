package org.sillok.verification;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sillok.canonical.CanonicalFormException;
import org.sillok.canonical.Commitment;
import org.sillok.canonical.Labels;
import org.sillok.log.Entry;

/**
 * Compares a version with its own entries: every step before {@link Step#LEAF}. Pure, and cheap
 * enough to run over all versions.
 */
public final class ContentCheck {

  private static final Comparator<LoggedEntry> LOG_ORDER =
      comparing(LoggedEntry::log, nullsLast(naturalOrder()))
          .thenComparing(LoggedEntry::leafIndex, nullsLast(naturalOrder()))
          .thenComparing(comparingLong(LoggedEntry::id));

  private final VersionPicture picture;
  private final List<LoggedEntry> entries;

  private ContentCheck(VersionPicture picture) {
    this.picture = picture;
    this.entries = entriesOf(picture);
  }

  /** The entries that really are about this version, in the order of the log. */
  public static List<LoggedEntry> entriesOf(VersionPicture picture) {
    return picture.entries().stream()
        .filter(entry -> picture.version().equals(entry.subject()))
        .sorted(LOG_ORDER)
        .toList();
  }

  /**
   * The first step that fails, or null. A version that is not stored fails at {@link
   * Step#STORED_VERSION}, except if it was expunged.
   */
  public static @Nullable Failure of(VersionPicture picture) {
    return new ContentCheck(picture).run();
  }

  /** Whether the version was removed for good by the server itself. */
  public static boolean isExpunged(VersionPicture picture) {
    List<LoggedEntry> authentic =
        entriesOf(picture).stream().filter(LoggedEntry::authentic).toList();
    return picture.stored() == null
        && currentLife(authentic).isEmpty()
        && authentic.stream().anyMatch(entry -> entry.is(Entry.Action.EXPUNGE));
  }

  /** Whether, by its authentic entries, the version was born and not expunged since. */
  public static boolean isAlive(List<LoggedEntry> ofOneVersion) {
    return currentLife(
            ofOneVersion.stream().filter(LoggedEntry::authentic).sorted(LOG_ORDER).toList())
        .stream()
        .anyMatch(LoggedEntry::isBirth);
  }

  /**
   * The entries since the last expunging: a resource that is created again counts its versions from
   * 1 again.
   */
  private static List<LoggedEntry> currentLife(List<LoggedEntry> entries) {
    int end = entries.size();
    while (end > 0 && !entries.get(end - 1).is(Entry.Action.EXPUNGE)) {
      end--;
    }
    return entries.subList(end, entries.size());
  }

  /** The entry that tells of the version's birth: of the last one, if it was expunged. */
  public static Optional<LoggedEntry> birthOf(List<LoggedEntry> entries) {
    return entries.stream().filter(LoggedEntry::isBirth).reduce((before, after) -> after);
  }

  /** The entry whose commitment is to what is stored now: the birth, or the last relabelling. */
  static Optional<LoggedEntry> newestOf(List<LoggedEntry> entries) {
    return entries.stream()
        .filter(entry -> entry.commitment() != null)
        .reduce((before, after) -> after);
  }

  /** Of a row that is not authentic. */
  public static Failure forged(LoggedEntry entry) {
    return new Failure(
        Step.ENTRY_MAC,
        "row "
            + entry.id()
            + " of sillok_entry was written, or changed later, by somebody without this hospital's"
            + " key");
  }

  /** Of a row whose lookup columns do not agree with its entry. */
  public static Failure wrongColumns(LoggedEntry entry) {
    return new Failure(
        Step.ENTRY_COLUMNS,
        "the lookup columns of row " + entry.id() + " of sillok_entry are not what it says");
  }

  private @Nullable Failure run() {
    StoredVersion stored = picture.stored();
    Failure failure = entries();
    if (failure != null) {
      return failure;
    }
    failure = expunged();
    if (failure != null) {
      return failure;
    }
    if (stored == null) {
      return isExpunged(picture)
          ? null
          : new Failure(Step.STORED_VERSION, "it has an entry, but the database does not have it");
    }
    if (stored.doubled()) {
      return new Failure(Step.STORED_VERSION, "there is more than one row of it");
    }
    failure = resourceRow(stored);
    if (failure == null) {
      failure = recorded(stored);
    }
    if (failure == null) {
      failure = content(stored);
    }
    return failure != null ? failure : currentVersion(stored);
  }

  private @Nullable Failure entries() {
    if (entries.isEmpty()) {
      return new Failure(Step.BIRTH_ENTRY, "no entry tells of it");
    }
    for (LoggedEntry entry : entries) {
      if (!entry.authentic()) {
        return forged(entry);
      }
    }
    Failure births = births();
    if (births != null) {
      return births;
    }
    if (entries.stream().map(LoggedEntry::json).distinct().count() < entries.size()) {
      return new Failure(Step.BIRTH_ENTRY, "one of its entries is there twice");
    }
    for (LoggedEntry entry : entries) {
      if (!entry.columnsAgree()) {
        return wrongColumns(entry);
      }
    }
    return null;
  }

  /** One birth, and nothing before it, in each life; lives end with an expunging. */
  private @Nullable Failure births() {
    if (entries.stream().noneMatch(LoggedEntry::isBirth)) {
      return new Failure(Step.BIRTH_ENTRY, "want 1, got 0");
    }
    int births = 0;
    for (LoggedEntry entry : entries) {
      births = entry.is(Entry.Action.EXPUNGE) ? 0 : births + (entry.isBirth() ? 1 : 0);
      if (births > 1) {
        return new Failure(Step.BIRTH_ENTRY, "want 1, got more");
      }
    }
    return null;
  }

  /** What was expunged must not come back, neither the version nor what opens its commitments. */
  private @Nullable Failure expunged() {
    List<LoggedEntry> life = currentLife(entries);
    if (life.size() == entries.size()) {
      return null;
    }
    if (life.isEmpty() && picture.stored() != null) {
      return new Failure(Step.STORED_VERSION, "it was expunged, but is stored again");
    }
    return entries.stream()
        .limit(entries.size() - life.size())
        .filter(entry -> entry.nonce() != null)
        .findFirst()
        .map(
            entry ->
                new Failure(
                    Step.CONTENT,
                    "it was expunged, but the nonce of entry row " + entry.id() + " is there"))
        .orElse(null);
  }

  private LoggedEntry birth() {
    return birthOf(entries).orElseThrow();
  }

  private @Nullable Failure resourceRow(StoredVersion stored) {
    if (!stored.type().equals(picture.version().type())) {
      return new Failure(
          Step.RESOURCE_ROW,
          "the version is of type " + stored.type() + ", its resource of another");
    }
    LoggedEntry birth = birth();
    boolean deleted = stored.deleted() != null;
    boolean either = birth.is(Entry.Action.IMPORT) || birth.is(Entry.Action.FOUND);
    if (!either && birth.is(Entry.Action.DELETE) != deleted) {
      return new Failure(
          Step.RESOURCE_ROW,
          deleted ? "stored as a deletion, logged as content" : "logged as a deletion, stored not");
    }
    return null;
  }

  private @Nullable Failure recorded(StoredVersion stored) {
    Instant recorded = Objects.requireNonNull(birth().entry()).recorded();
    if (!stored.updated().matches(recorded)) {
      return new Failure(Step.RECORDED, "stored " + stored.updated() + ", logged " + recorded);
    }
    if (stored.deleted() != null && !stored.deleted().equals(stored.updated())) {
      return new Failure(Step.RECORDED, "deleted at " + stored.deleted() + ", logged " + recorded);
    }
    return null;
  }

  private @Nullable Failure content(StoredVersion stored) {
    LoggedEntry newest = newestOf(entries).orElseThrow();
    Commitment commitment = Objects.requireNonNull(newest.commitment());
    if (newest.nonce() == null) {
      return new Failure(Step.CONTENT, "the nonce of its commitment is gone");
    }
    if (stored.content() instanceof Content.Unreadable unreadable) {
      return new Failure(Step.CONTENT, "what is stored cannot be read: " + unreadable.reason());
    }
    try {
      byte[] canonical = CanonicalContent.bytes(picture.version(), stored.content());
      return Commitment.of(newest.nonce(), canonical).equals(commitment)
          ? null
          : new Failure(
              Step.CONTENT, "what is stored is not what entry row " + newest.id() + " commits to");
    } catch (CanonicalFormException e) {
      return new Failure(Step.CONTENT, "what is stored has no canonical form: " + e.getMessage());
    }
  }

  private @Nullable Failure currentVersion(StoredVersion stored) {
    StoredResource resource = picture.resource();
    if (resource == null) {
      return new Failure(Step.CURRENT_VERSION, "there is no such resource");
    }
    if (picture.isCurrent() != picture.newest()) {
      return new Failure(
          Step.CURRENT_VERSION,
          "the server serves version "
              + resource.currentVersion()
              + (picture.newest()
                  ? ", the newest that it wrote is " + picture.version().version()
                  : ", and wrote a later one"));
    }
    return picture.isCurrent() ? currentRow(stored, resource) : null;
  }

  private @Nullable Failure currentRow(StoredVersion stored, StoredResource resource) {
    if (!resource.updated().equals(stored.updated())) {
      return new Failure(
          Step.CURRENT_VERSION,
          "the resource was updated " + resource.updated() + ", its version " + stored.updated());
    }
    if (!Objects.equals(resource.deleted(), stored.deleted())) {
      return new Failure(
          Step.CURRENT_VERSION,
          "the resource was deleted " + resource.deleted() + ", its version " + stored.deleted());
    }
    return sameLabels(stored, resource.labels())
        ? null
        : new Failure(
            Step.CURRENT_VERSION, "the resource's labels are not those of its current version");
  }

  private boolean sameLabels(StoredVersion stored, @Nullable Labels served) {
    return served == null
        || !(stored.content() instanceof Content.Text text)
        || served.equals(text.labels());
  }
}
