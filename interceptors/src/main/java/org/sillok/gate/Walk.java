package org.sillok.gate;

import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.sillok.gate.Archive.Slice;

/** Goes over lists, one behind the other, and can be taken up again at any place. */
final class Walk {

  /** A list, given in parts. */
  interface Source {
    Slice slice(int offset, int limit);
  }

  private final List<Source> sources;
  private final int chunk;
  private int source;
  private int offset;
  private int at = -1;
  private @Nullable Slice slice;

  /**
   * @param place of the first; 0 for the beginning, or what {@link #place} said of it
   * @param chunk how many are asked for at once
   */
  Walk(List<Source> sources, long place, int chunk) {
    this.sources = sources;
    this.source = (int) (place >>> 32);
    this.offset = (int) place;
    this.chunk = chunk;
  }

  /** To the next place; false if there is none. */
  boolean advance() {
    at++;
    while (slice == null || at >= slice.resources().size()) {
      if (slice != null) {
        next(slice);
      }
      if (source >= sources.size()) {
        return false;
      }
      slice = sources.get(source).slice(offset, chunk);
      at = 0;
    }
    return true;
  }

  private void next(Slice done) {
    if (done.more() && !done.resources().isEmpty()) {
      offset += done.resources().size();
    } else {
      source++;
      offset = 0;
    }
  }

  Optional<Resource> resource() {
    if (slice == null) {
      throw new IllegalStateException("advance first");
    }
    return slice.resources().get(at);
  }

  /** Where it stands. */
  long place() {
    return ((long) source << 32) | (offset + at);
  }
}
