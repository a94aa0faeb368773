package org.sillok.ledger;

import java.time.Instant;

/**
 * When something ends: from this second on it is over. Seconds since 1970, as in the contracts;
 * {@link #NEVER} is the largest.
 */
public record Expiry(long epochSecond) {

  public static final Expiry NEVER = new Expiry(Long.MAX_VALUE);

  private static final long LARGEST = Instant.MAX.getEpochSecond();

  public Expiry {
    if (epochSecond < 0 || (epochSecond > LARGEST && epochSecond != Long.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "an expiry is a second since 1970 or never, got " + epochSecond);
    }
  }

  /** The second in which {@code instant} lies. */
  public static Expiry at(Instant instant) {
    return new Expiry(instant.getEpochSecond());
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws java.time.format.DateTimeParseException if it is neither "never" nor an instant
   */
  public static Expiry parse(String text) {
    return text.equals("never") ? NEVER : at(Instant.parse(text));
  }

  public boolean isOver(Instant now) {
    return now.getEpochSecond() >= epochSecond;
  }

  @Override
  public String toString() {
    return equals(NEVER) ? "never" : Instant.ofEpochSecond(epochSecond).toString();
  }
}
