package org.sillok.consent;

/** True, false or unknown (the engine cannot tell), §1.1. */
enum Tri {
  F,
  U,
  T;

  static Tri of(boolean value) {
    return value ? T : F;
  }

  Tri and(Tri other) {
    return ordinal() < other.ordinal() ? this : other;
  }

  Tri or(Tri other) {
    return ordinal() > other.ordinal() ? this : other;
  }

  /** Of two accounts of one thing: what both say; what one says if the other says nothing. */
  Tri agree(Tri other) {
    if (this == U) {
      return other;
    }
    return other == U || other == this ? this : U;
  }
}
