package org.sillok.verification;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * A point in time as HAPI's tables keep it: the local time of the server's zone, without that zone.
 * In the hour that summer time gives back one text stands for two instants; both match it, because
 * nobody can tell any more which one was meant.
 */
public record StoredTime(LocalDateTime local, ZoneId zone) {

  public StoredTime {
    local = local.truncatedTo(ChronoUnit.MILLIS);
  }

  /** Whether {@code instant}, to the millisecond, is stored as this text. */
  public boolean matches(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS).atZone(zone).toLocalDateTime().equals(local);
  }

  /** What HAPI reads from it. */
  public Instant instant() {
    return local.atZone(zone).toInstant();
  }

  @Override
  public String toString() {
    return instant().toString();
  }
}
