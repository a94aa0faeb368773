package org.sillok.attribution;

import org.sillok.log.Entry;
import org.sillok.log.EntryFormatException;

/**
 * An entry at its place in the log.
 *
 * @param text the leaf's data, of which {@code entry} is the content
 */
public record Leaf(long index, String text, Entry entry) {

  /** Reads the entry from a leaf's data. */
  public static Leaf of(long index, String text) throws EntryFormatException {
    return new Leaf(index, text, Entry.parse(text));
  }

  /** Whether a Provenance has anything to say about it. */
  public boolean isAttributable() {
    return Activity.of(entry).isPresent();
  }

  /** The server's id of the request that made the entry. */
  public String request() {
    return entry.cause().request();
  }
}
