package org.sillok.merkle;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A tile's name under the log's prefix, {@code tile/<L>/<N>[.p/<W>]} of C2SP tlog-tiles: {@code
 * tile/0/x001/x234/067.p/9}.
 *
 * @param level 0 to 63
 * @param index place in its level, below 10^18
 * @param width hashes in the tile: 256 names the full tile, less a partial one
 */
public record TilePath(int level, long index, int width) {

  private static final int MAX_ELEMENTS = 6;
  private static final Pattern PATH =
      Pattern.compile(
          "tile/(0|[1-9][0-9]?)/((?:x[0-9]{3}/){0,"
              + (MAX_ELEMENTS - 1)
              + "}[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

  public TilePath {
    require(level >= 0 && level < 64, "level " + level + ", want 0 to 63");
    require(index >= 0 && index < 1_000_000_000_000_000_000L, "index " + index);
    require(width >= 1 && width <= Tile.WIDTH, "width " + width + ", want 1 to 256");
  }

  /**
   * Reads exactly what {@link #toString} writes.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static TilePath parse(String path) {
    Matcher matcher = PATH.matcher(path);
    require(matcher.matches(), path);
    String number = matcher.group(2);
    require(!number.startsWith("x000/"), path);
    int width = matcher.group(3) == null ? Tile.WIDTH : Integer.parseInt(matcher.group(3));
    require(matcher.group(3) == null || width < Tile.WIDTH, path);
    return new TilePath(
        Integer.parseInt(matcher.group(1)),
        Long.parseLong(number.replace("x", "").replace("/", "")),
        width);
  }

  /** Whether a tree of so many leaves has every hash of the tile: the tile never changes then. */
  public boolean isWithin(long leaves) {
    int bits = level * 8;
    return bits < Long.SIZE && Math.floorDiv((leaves >> bits) - width, Tile.WIDTH) >= index;
  }

  @Override
  public String toString() {
    StringBuilder number = new StringBuilder(digits(index % 1000));
    for (long rest = index / 1000; rest > 0; rest /= 1000) {
      number.insert(0, "x" + digits(rest % 1000) + "/");
    }
    return "tile/" + level + "/" + number + (width == Tile.WIDTH ? "" : ".p/" + width);
  }

  private static String digits(long below1000) {
    return Long.toString(1000 + below1000).substring(1);
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException("not a tile path: " + what);
    }
  }
}
