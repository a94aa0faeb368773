package org.sillok.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class StoredTimeTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private final StoredTime twice =
      new StoredTime(LocalDateTime.parse("2026-10-25T02:30:00.123456"), BERLIN);

  @Test
  void bothInstantsOfAnHourThatComesTwiceMatch() {
    assertThat(twice.matches(Instant.parse("2026-10-25T00:30:00.123Z"))).isTrue();
    assertThat(twice.matches(Instant.parse("2026-10-25T01:30:00.123Z"))).isTrue();
  }

  @Test
  void anyOtherInstantDoesNotMatch() {
    assertThat(twice.matches(Instant.parse("2026-10-25T00:30:00.124Z"))).isFalse();
    assertThat(twice.matches(Instant.parse("2026-10-25T02:30:00.123Z"))).isFalse();
  }

  @Test
  void readsAsHapiReadsIt() {
    assertThat(twice).hasToString("2026-10-25T00:30:00.123Z");
  }
}
