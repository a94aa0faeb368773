package org.sillok.testdata.soak;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One version of one resource. */
public record Version(String type, String id, long number) {

  private static final Pattern LOCATION =
      Pattern.compile("(?:.*/)?([A-Za-z]+)/([A-Za-z0-9.-]+)/_history/(\\d+)");

  /**
   * The version that a {@code Location} names, absolute or relative to the FHIR base.
   *
   * @throws IllegalArgumentException if it names none
   */
  static Version ofLocation(String location) {
    Matcher matcher = LOCATION.matcher(location);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("no version in the location " + location);
    }
    return new Version(matcher.group(1), matcher.group(2), Long.parseLong(matcher.group(3)));
  }

  Version next() {
    return new Version(type, id, number + 1);
  }

  /** {@code Patient/7}. */
  String resource() {
    return type + "/" + id;
  }

  @Override
  public String toString() {
    return resource() + "/_history/" + number;
  }
}
