package org.sillok.consent;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The confidentiality codes of v3-Confidentiality, from open to closed, §1.6. */
public enum Confidentiality {
  U,
  L,
  M,
  N,
  R,
  V;

  static Optional<Confidentiality> of(Code code) {
    if (!code.system().equals(Code.CONFIDENTIALITY)) {
      return Optional.empty();
    }
    for (Confidentiality level : values()) {
      if (level.name().equals(code.code())) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
  }

  boolean atMost(Confidentiality other) {
    return compareTo(other) <= 0;
  }

  static Confidentiality higher(@Nullable Confidentiality one, Confidentiality other) {
    return one == null || one.atMost(other) ? other : one;
  }
}
