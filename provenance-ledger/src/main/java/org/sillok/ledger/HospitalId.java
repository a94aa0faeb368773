package org.sillok.ledger;

import java.util.regex.Pattern;

/**
 * A hospital's name for machines: 1 to 32 characters of {@code a-z 0-9 . -}, starting with a letter
 * or digit, so that it fits one EVM word and reads the same in every place.
 */
public record HospitalId(String value) implements Comparable<HospitalId> {

  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9.-]{0,31}");

  public HospitalId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a hospital id matches " + FORM + ", got \"" + value + "\"");
    }
  }

  /**
   * @throws IllegalArgumentException if {@code text} has another form
   */
  public static HospitalId parse(String text) {
    return new HospitalId(text);
  }

  @Override
  public int compareTo(HospitalId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
