package org.sillok.verification;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sillok.canonical.Commitment;
import org.sillok.canonical.Nonce;
import org.sillok.log.Entry;
import org.sillok.log.EntryFormatException;
import org.sillok.log.ResourceVersion;
import org.sillok.merkle.Hash;
import org.sillok.merkle.Rfc6962;

/**
 * A row of the entry table, as found: nothing in it is believed yet.
 *
 * @param columns the version that the lookup columns name
 * @param kind the lookup column of that name
 * @param action the lookup column of that name: the kind's code where there is no action
 * @param entry null if the text is no entry
 * @param nonce null if it is destroyed or not 32 bytes long
 * @param authentic whether the row carries the mac of this hospital's servers
 */
public record LoggedEntry(
    long id,
    @Nullable ResourceVersion columns,
    String kind,
    String action,
    String json,
    @Nullable Entry entry,
    @Nullable Nonce nonce,
    boolean authentic,
    @Nullable Integer log,
    @Nullable Long leafIndex) {

  /** Reads {@code json}; the other parts are as they stand in the row. */
  public static LoggedEntry of(
      long id,
      @Nullable ResourceVersion columns,
      String kind,
      String action,
      String json,
      @Nullable Nonce nonce,
      boolean authentic,
      @Nullable Integer log,
      @Nullable Long leafIndex) {
    Entry entry;
    try {
      entry = Entry.parse(json);
    } catch (EntryFormatException e) {
      entry = null;
    }
    return new LoggedEntry(
        id, columns, kind, action, json, entry, nonce, authentic, log, leafIndex);
  }

  /**
   * The version that the row is about: what the entry says if the row is authentic, otherwise what
   * the columns say, since the text is what was changed then.
   */
  public @Nullable ResourceVersion subject() {
    return authentic && entry != null ? entry.subject() : columns;
  }

  /** Whether the lookup columns say what the entry says. */
  public boolean columnsAgree() {
    if (entry == null) {
      return false;
    }
    Entry.Action does = entry.action();
    return Objects.equals(entry.subject(), columns)
        && entry.kind().code().equals(kind)
        && (does == null ? kind : does.code()).equals(action);
  }

  /** RFC 6962 §2.1. */
  public Hash leafHash() {
    return Rfc6962.leaf(json.getBytes(UTF_8));
  }

  boolean is(Entry.Action wanted) {
    return entry != null && entry.action() == wanted;
  }

  /** Whether it tells of a version's birth. */
  public boolean isBirth() {
    return entry != null && entry.action() != null && entry.action().isBirth();
  }

  @Nullable Commitment commitment() {
    return entry == null ? null : entry.commitment();
  }
}
