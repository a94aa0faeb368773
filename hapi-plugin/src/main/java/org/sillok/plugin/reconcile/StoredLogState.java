package org.sillok.plugin.reconcile;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sillok.log.LogReader;
import org.sillok.log.StoredCheckpoint;
import org.sillok.merkle.Hash;
import org.sillok.merkle.Tile;
import org.sillok.reconcile.LogState;
import org.sillok.verification.ImportEnd;

/** The log as the database has it; remembers each tile and size that it has read. */
final class StoredLogState implements LogState {

  private record Place(int log, long tile) {}

  private final LogReader reader;
  private final ImportEnd importEnd;
  private final Function<String, Audited> audit;
  private final Map<Place, byte[]> tiles = new HashMap<>();
  private final Map<Integer, Long> sizes = new HashMap<>();
  private final Map<Integer, Long> anchored = new HashMap<>();

  StoredLogState(LogReader reader, ImportEnd importEnd, Function<String, Audited> audit) {
    this.reader = reader;
    this.importEnd = importEnd;
    this.audit = audit;
  }

  @Override
  public long size(int log) {
    return sizes.computeIfAbsent(log, this::readSize);
  }

  private long readSize(int log) {
    try {
      return reader.size(log);
    } catch (IllegalArgumentException e) {
      return 0;
    }
  }

  @Override
  public @Nullable Hash leaf(int log, long index) {
    byte[] tile =
        tiles.computeIfAbsent(
            new Place(log, index / Tile.WIDTH),
            place -> reader.tiles(place.log()).hashes(0, place.tile()));
    int offset = (int) (index % Tile.WIDTH) * Hash.SIZE;
    return tile.length < offset + Hash.SIZE ? null : Hash.at(tile, offset);
  }

  @Override
  public boolean isBehindImport(int log, long index) {
    return importEnd.isBefore(log, index);
  }

  @Override
  public long anchoredSize(int log) {
    return anchored.computeIfAbsent(log, this::readAnchored);
  }

  private long readAnchored(int log) {
    try {
      return reader.newestAnchored(log).map(StoredCheckpoint::size).orElse(0L);
    } catch (IllegalArgumentException e) {
      return 0; // the row is damaged, which the audit tells
    }
  }

  @Override
  public Audited audit(String from) {
    return audit.apply(from);
  }
}
