package org.sillok.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sillok.canonical.Nonce;
import org.sillok.merkle.Hash;
import org.sillok.merkle.Rfc6962;

/**
 * A row of the entry table as it stands there, to be believed only as far as it is checked.
 *
 * @param id the row's id, of no meaning outside the database
 * @param json what the leaf's hash is made of
 * @param nonce empty if it was destroyed, never was, or is not 32 bytes long
 * @param authentic whether one of this hospital's servers wrote the entry and nonce
 * @param place null until the sequencer gives it one
 */
public record StoredEntry(
    long id, String json, Optional<Nonce> nonce, boolean authentic, @Nullable Place place) {

  static final String COLUMNS = "id, entry, nonce, mac, log, leaf_index";

  /** Where an entry stands: the log's number, and the leaf's index from 0. */
  public record Place(int log, long index) {}

  static StoredEntry of(ResultSet row, EntryMac mac) throws SQLException {
    String json = Objects.requireNonNullElse(row.getString("entry"), "");
    byte[] nonce = row.getBytes("nonce");
    int log = row.getInt("log");
    boolean placed = !row.wasNull();
    long index = row.getLong("leaf_index");
    placed &= !row.wasNull();
    return new StoredEntry(
        row.getLong("id"),
        json,
        nonce == null || nonce.length != Nonce.SIZE
            ? Optional.empty()
            : Optional.of(Nonce.of(nonce)),
        mac.matches(nonce, json.getBytes(UTF_8), row.getBytes("mac")),
        placed ? new Place(log, index) : null);
  }

  /**
   * What it says.
   *
   * @throws EntryFormatException if the text is not an entry
   */
  public Entry entry() throws EntryFormatException {
    return Entry.parse(json);
  }

  /** Whether the text is an entry of this kind. */
  boolean tellsOf(Entry.Kind kind) {
    try {
      return entry().kind() == kind;
    } catch (EntryFormatException e) {
      return false;
    }
  }

  /** The leaf's hash, made from the text and not looked up. */
  public Hash leaf() {
    return Rfc6962.leaf(json.getBytes(UTF_8));
  }
}
