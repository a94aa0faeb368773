package org.sillok.consent;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stretch of time, from its first instant to the first one behind it. FHIR's partial dates cover
 * their whole year, month, day, minute, second or fraction of one.
 *
 * @param from {@link Instant#MIN} if it has no beginning
 * @param to {@link Instant#MAX} if it has no end
 */
record DateSpan(Instant from, Instant to) {

  private static final Pattern FORM =
      Pattern.compile(
          "(\\d{4})(?:-(\\d\\d)(?:-(\\d\\d)"
              + "(?:T(\\d\\d:\\d\\d)(?::(\\d\\d)(?:\\.(\\d{1,9}))?)?(Z|[+-]\\d\\d:\\d\\d)?)?)?)?");

  DateSpan {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("a span ends behind its start, got " + from + "/" + to);
    }
  }

  /** From the start of the one to the end of the other; empty if that would be before the start. */
  static Optional<DateSpan> between(Instant from, Instant to) {
    return from.isBefore(to) ? Optional.of(new DateSpan(from, to)) : Optional.empty();
  }

  /**
   * What a FHIR date, dateTime or instant covers; empty if {@code text} is none.
   *
   * @param zone of a text that names none
   */
  static Optional<DateSpan> parse(String text, ZoneId zone) {
    Matcher parts = FORM.matcher(text);
    try {
      return parts.matches() ? Optional.of(of(parts, zone)) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static DateSpan of(Matcher parts, ZoneId zone) {
    if (parts.group(2) == null) {
      Year year = Year.parse(parts.group(1));
      return days(year.atDay(1), year.plusYears(1).atDay(1), zone);
    }
    if (parts.group(3) == null) {
      YearMonth month = YearMonth.parse(parts.group());
      return days(month.atDay(1), month.plusMonths(1).atDay(1), zone);
    }
    LocalDate day = LocalDate.parse(parts.group().substring(0, 10));
    if (parts.group(4) == null) {
      return days(day, day.plusDays(1), zone);
    }
    return moment(parts, day, zone);
  }

  private static DateSpan days(LocalDate from, LocalDate to, ZoneId zone) {
    return new DateSpan(from.atStartOfDay(zone).toInstant(), to.atStartOfDay(zone).toInstant());
  }

  private static DateSpan moment(Matcher parts, LocalDate day, ZoneId zone) {
    String seconds = parts.group(5);
    String fraction = parts.group(6);
    LocalDateTime time =
        LocalDateTime.parse(day + "T" + parts.group(4) + ":" + (seconds == null ? "00" : seconds));
    ZoneId named = parts.group(7) == null ? zone : ZoneOffset.of(parts.group(7));
    Instant start = time.atZone(named).toInstant();
    if (seconds == null) {
      return new DateSpan(start, start.plus(1, ChronoUnit.MINUTES));
    }
    if (fraction == null) {
      return new DateSpan(start, start.plusSeconds(1));
    }
    long unit = Math.round(Math.pow(10, 9 - fraction.length()));
    Instant exact = start.plusNanos(Long.parseLong(fraction) * unit);
    return new DateSpan(exact, exact.plusNanos(unit));
  }

  boolean contains(Instant instant) {
    return !instant.isBefore(from) && instant.isBefore(to);
  }

  boolean contains(DateSpan other) {
    return !other.from.isBefore(from) && !other.to.isAfter(to);
  }

  boolean overlaps(DateSpan other) {
    return other.from.isBefore(to) && from.isBefore(other.to);
  }
}
