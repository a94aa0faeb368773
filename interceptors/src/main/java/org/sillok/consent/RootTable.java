package org.sillok.consent;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The table of §1.4: what the root provision and the base rule come to.
 *
 * @param inside what holds where the root's criteria match
 * @param outside what holds where they do not; null if the consent does not apply there
 */
record RootTable(Cell inside, @Nullable Cell outside) {

  /** Where an effect comes from. */
  enum Cell {
    TYPE,
    BASE,
    /** The opposite of a permitting base: what an untyped root with criteria excepts. */
    DENY,
    INDETERMINATE
  }

  static RootTable of(BasePolicy.Kind base, Provision root) {
    if (root.type() != null) {
      boolean opposite =
          base != BasePolicy.Kind.NONE && (base == BasePolicy.Kind.PERMIT) != root.isPermit();
      return new RootTable(Cell.TYPE, opposite ? Cell.BASE : null);
    }
    if (base == BasePolicy.Kind.NONE) {
      return new RootTable(Cell.INDETERMINATE, Cell.INDETERMINATE);
    }
    if (root.criteria().isEmpty()) {
      return new RootTable(Cell.BASE, null);
    }
    return new RootTable(
        base == BasePolicy.Kind.PERMIT ? Cell.DENY : Cell.INDETERMINATE, Cell.BASE);
  }

  static void report(BasePolicy base, Provision root, List<Limitation> limitations) {
    if (of(base.kind(), root).inside() == Cell.INDETERMINATE) {
      limitations.add(
          new Limitation(
              root.path() + ".type",
              base.kind() == BasePolicy.Kind.NONE
                  ? "neither a type nor a base rule: denies"
                  : "no type, and a permit is never inferred: denies"));
    }
  }
}
