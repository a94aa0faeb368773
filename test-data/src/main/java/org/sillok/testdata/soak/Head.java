package org.sillok.testdata.soak;

import java.util.Base64;
import org.sillok.merkle.Hash;

/** A tree head that was seen from outside. */
public record Head(long size, Hash root) {

  /**
   * Reads the body of a C2SP tlog-checkpoint; its signature is not looked at.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Head ofCheckpoint(String note) {
    String[] lines = note.split("\n", 4);
    if (lines.length < 4) {
      throw new IllegalArgumentException("a checkpoint has origin, size and root, got " + note);
    }
    return new Head(Long.parseLong(lines[1]), Hash.of(Base64.getDecoder().decode(lines[2])));
  }
}
