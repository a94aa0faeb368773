package org.sillok.log;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.sillok.canonical.Commitment;
import org.sillok.canonical.Nonce;

/**
 * What one leaf of the log says. Its data is the RFC 8785 form of its JSON, which {@link #toJson}
 * writes and {@link #parse} alone accepts.
 *
 * <p>An entry about a resource's content has a commitment; every other entry, an expunging
 * included, has a random salt instead, so that no leaf can be guessed from its hash.
 *
 * @param action what happened to the resource version; null for every kind but {@link
 *     Kind#RESOURCE}
 * @param subject the resource version concerned, if any
 * @param recorded kept to the millisecond; of a birth entry, the version's {@code lastUpdated}
 * @param details further string members of the kinds that are not {@link Kind#RESOURCE}
 */
public record Entry(
    Kind kind,
    @Nullable Action action,
    @Nullable ResourceVersion subject,
    Instant recorded,
    Cause cause,
    @Nullable Commitment commitment,
    @Nullable Nonce salt,
    SortedMap<String, String> details) {

  /** The longest JSON text of an entry, in UTF-16 code units. */
  public static final int LONGEST = 4000;

  /** Births in the order of their versions; what happens to a version after its birth. */
  static final Comparator<Entry> AS_IT_HAPPENED =
      Comparator.<Entry>comparingLong(entry -> entry.subject == null ? 0 : entry.subject.version())
          .thenComparingInt(entry -> rank(entry.actionCode()));

  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

  /** What an entry is about. */
  public enum Kind {
    /** a resource version */
    RESOURCE,
    /** a read by another hospital */
    ACCESS,
    /** an emergency access */
    EMERGENCY,
    /** a finding that somebody has looked at */
    REVIEW,
    /** the end of the import of what was there before Sillok, with the count */
    IMPORT_CLOSED;

    private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The form in JSON and in the database: {@code resource}, {@code import-closed}, … */
    public String code() {
      return code;
    }
  }

  /** What happened to a resource version. */
  public enum Action {
    CREATE,
    UPDATE,
    DELETE,
    /** it existed when Sillok first started */
    IMPORT,
    /** the sweep met it without an entry */
    FOUND,
    /** its labels (profiles, security labels, tags) were changed in place */
    RELABEL,
    /** it was removed for good, and its nonces with it */
    EXPUNGE;

    private final String code = name().toLowerCase(Locale.ROOT);

    /** The form in JSON and in the database: {@code create}, … */
    public String code() {
      return code;
    }

    /** Whether a version has exactly one entry of this sort. */
    public boolean isBirth() {
      return this != RELABEL && this != EXPUNGE;
    }
  }

  /**
   * @throws IllegalArgumentException if the parts do not belong together, or the JSON text would be
   *     longer than {@link #LONGEST}
   */
  public Entry {
    recorded = recorded.truncatedTo(ChronoUnit.MILLIS);
    details = Collections.unmodifiableSortedMap(new TreeMap<>(details));
    if (recorded.isBefore(FIRST) || recorded.isAfter(LAST)) {
      throw new IllegalArgumentException("recorded: year 0 to 9999, got " + recorded);
    }
    boolean aboutResource = kind == Kind.RESOURCE;
    if (aboutResource != (action != null)) {
      throw new IllegalArgumentException("action: of kind resource only, got " + kind.code());
    }
    if (aboutResource && (subject == null || !details.isEmpty())) {
      throw new IllegalArgumentException("kind resource: a resource version and no details");
    }
    boolean aboutContent = aboutResource && action != Action.EXPUNGE;
    if (aboutContent != (commitment != null) || aboutContent == (salt != null)) {
      throw new IllegalArgumentException(
          aboutContent ? "a commitment and no salt wanted" : "a salt and no commitment wanted");
    }
  }

  /** An entry about the content of a resource version: every action but an expunging. */
  public static Entry of(
      Action action,
      ResourceVersion subject,
      Instant recorded,
      Cause cause,
      Commitment commitment) {
    return new Entry(
        Kind.RESOURCE, action, subject, recorded, cause, commitment, null, new TreeMap<>());
  }

  /** The end of a resource version. */
  public static Entry expunge(ResourceVersion subject, Instant recorded, Cause cause, Nonce salt) {
    return new Entry(
        Kind.RESOURCE, Action.EXPUNGE, subject, recorded, cause, null, salt, new TreeMap<>());
  }

  /** An entry of another kind than {@link Kind#RESOURCE}. */
  public static Entry of(
      Kind kind,
      @Nullable ResourceVersion subject,
      Instant recorded,
      Cause cause,
      Nonce salt,
      Map<String, String> details) {
    return new Entry(kind, null, subject, recorded, cause, null, salt, new TreeMap<>(details));
  }

  /**
   * Reads the text of a leaf.
   *
   * @throws EntryFormatException if {@code json} is not exactly what {@link #toJson} of some entry
   *     gives
   */
  public static Entry parse(String json) throws EntryFormatException {
    return EntryJson.read(json);
  }

  /**
   * The leaf's data: RFC 8785 JSON; its UTF-8 bytes are what is hashed.
   *
   * @throws IllegalArgumentException if the text is longer than {@link #LONGEST} or a part of it is
   *     not valid Unicode
   */
  public String toJson() {
    return EntryJson.write(this);
  }

  /** What happened to one version, in order: its birth, relabels, its expunging. */
  static int rank(String actionCode) {
    if (actionCode.equals(Action.EXPUNGE.code)) {
      return 2;
    }
    return actionCode.equals(Action.RELABEL.code) ? 1 : 0;
  }

  /** What stands in the lookup column {@code action}: the action, or else the kind. */
  String actionCode() {
    return action == null ? kind.code() : action.code();
  }
}
