package org.sillok.log;

import org.jspecify.annotations.Nullable;
import org.sillok.canonical.Nonce;

/** An entry to be written, with the nonce that opens its commitment (if it has a commitment). */
public record NewEntry(Entry entry, @Nullable Nonce nonce) {

  public NewEntry {
    if ((entry.commitment() == null) != (nonce == null)) {
      throw new IllegalArgumentException(
          nonce == null ? "a commitment without its nonce" : "a nonce without a commitment");
    }
  }
}
