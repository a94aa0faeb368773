package org.sillok.plugin;

import java.util.List;

/** Settings of HAPI under which Sillok could not keep its word. */
final class UnsafeStorageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnsafeStorageException(List<String> dangers) {
    super(String.join(" ", dangers));
  }
}
