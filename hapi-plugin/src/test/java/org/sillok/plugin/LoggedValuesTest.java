package org.sillok.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoggedValuesTest {

  @Test
  void warnsWhereTheDriverWouldPutValuesIntoLogs() {
    assertThat(LoggedValues.warning("PostgreSQL", "jdbc:postgresql://db/fhir"))
        .hasValueSatisfying(text -> assertThat(text).contains("logServerErrorDetail=false"));
    assertThat(
            LoggedValues.warning(
                "PostgreSQL", "jdbc:postgresql://db/fhir?logServerErrorDetail=true"))
        .isPresent();
  }

  @Test
  void hasNothingAgainstOthers() {
    assertThat(
            LoggedValues.warning(
                "PostgreSQL", "jdbc:postgresql://db/fhir?ssl=true&logServerErrorDetail=false"))
        .isEmpty();
    assertThat(LoggedValues.warning("H2", "jdbc:h2:mem:x")).isEmpty();
  }
}
