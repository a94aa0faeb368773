package org.sillok.ledger;

/** A hospital's log; the first has number 1, a successor the next. Printed as {@code id/number}. */
public record LogId(HospitalId hospital, int number) {

  public LogId {
    if (number < 1) {
      throw new IllegalArgumentException("logs are numbered from 1, got " + number);
    }
  }

  /** The hospital's first log. */
  public static LogId first(HospitalId hospital) {
    return new LogId(hospital, 1);
  }

  /** The log that takes over when this one is closed. */
  public LogId next() {
    return new LogId(hospital, Math.addExact(number, 1));
  }

  /**
   * @throws IllegalArgumentException if {@code text} is not {@code id/number}
   */
  public static LogId parse(String text) {
    int slash = text.lastIndexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("a log is hospital/number, got \"" + text + "\"");
    }
    int number = Integer.parseInt(text.substring(slash + 1));
    return new LogId(new HospitalId(text.substring(0, slash)), number);
  }

  @Override
  public String toString() {
    return hospital + "/" + number;
  }
}
