package org.sillok.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Basic;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.sillok.gate.Archive.Slice;

class WalkTest {

  /** {@code size} places, given {@code step} at a time. */
  private static Walk.Source list(String name, int size, int step) {
    return (offset, limit) -> {
      List<Optional<Resource>> part = new ArrayList<>();
      for (int i = offset; i < Math.min(size, offset + Math.min(step, limit)); i++) {
        Basic basic = new Basic();
        basic.setId(name + i);
        part.add(Optional.of(basic));
      }
      return new Slice(part, offset + part.size() < size);
    };
  }

  private static List<String> rest(List<Walk.Source> sources, long place, int chunk) {
    Walk walk = new Walk(sources, place, chunk);
    List<String> names = new ArrayList<>();
    while (walk.advance()) {
      names.add(walk.resource().orElseThrow().getIdElement().getIdPart());
    }
    return names;
  }

  @Test
  void takenUpAnywhereItGoesOnThere() {
    for (int size = 0; size < 6; size++) {
      for (int step = 1; step < 5; step++) {
        List<Walk.Source> sources =
            List.of(list("a", size, step), list("b", 0, step), list("c", 3, step));
        List<String> all = rest(sources, 0, 100);
        assertThat(all).hasSize(size + 3);
        Walk walk = new Walk(sources, 0, 2);
        for (int i = 0; i < all.size(); i++) {
          assertThat(walk.advance()).isTrue();
          assertThat(rest(sources, walk.place(), 3)).isEqualTo(all.subList(i, all.size()));
        }
        assertThat(walk.advance()).isFalse();
      }
    }
  }

  @Test
  void aPlaceBehindTheEndHasNothing() {
    assertThat(rest(List.of(list("a", 3, 1)), 7, 10)).isEmpty();
    assertThat(rest(List.of(list("a", 3, 1)), 5L << 32, 10)).isEmpty();
    assertThat(rest(List.of(), 0, 10)).isEmpty();
  }

  @Test
  void aListThatSaysMoreAndGivesNothingEnds() {
    Walk.Source liar = (offset, limit) -> new Slice(List.of(), true);

    assertThat(rest(List.of(liar, list("a", 2, 1)), 0, 10)).containsExactly("a0", "a1");
  }
}
