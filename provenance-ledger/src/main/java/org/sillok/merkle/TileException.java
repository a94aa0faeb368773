package org.sillok.merkle;

/**
 * The store lacks hashes that a tree of the asked size has: it is damaged, or the size is wrong.
 */
public final class TileException extends RuntimeException {

  private static final long serialVersionUID = 1;

  TileException(int level, long index, int got, int want) {
    super("tile/" + level + "/" + index + " has " + got + " bytes, want at least " + want);
  }
}
