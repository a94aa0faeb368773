package org.sillok.canonical;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a version's {@code meta} that is committed to: sorted by UTF-16 code units, without
 * duplicates, in whatever order it came. Codings are reduced to system and code, because a server
 * may share the rest among all resources that carry the label.
 */
public record Labels(List<String> profiles, List<Coding> security, List<Coding> tags) {

  public static final Labels NONE = new Labels(List.of(), List.of(), List.of());

  private static final Comparator<@Nullable String> NULL_FIRST =
      Comparator.nullsFirst(Comparator.naturalOrder());

  public Labels {
    profiles = sorted(profiles, Comparator.naturalOrder());
    security = sorted(security, Comparator.naturalOrder());
    tags = sorted(tags, Comparator.naturalOrder());
  }

  public boolean isEmpty() {
    return profiles.isEmpty() && security.isEmpty() && tags.isEmpty();
  }

  private static <T> List<T> sorted(List<T> list, Comparator<T> order) {
    return list.size() < 2 ? List.copyOf(list) : list.stream().sorted(order).distinct().toList();
  }

  /** A label; an empty system or code is the same as none. Ordered by system, then code. */
  public record Coding(@Nullable String system, @Nullable String code)
      implements Comparable<Coding> {

    public Coding {
      system = system == null || system.isEmpty() ? null : system;
      code = code == null || code.isEmpty() ? null : code;
    }

    @Override
    public int compareTo(Coding that) {
      int bySystem = NULL_FIRST.compare(system, that.system);
      return bySystem != 0 ? bySystem : NULL_FIRST.compare(code, that.code);
    }
  }
}
