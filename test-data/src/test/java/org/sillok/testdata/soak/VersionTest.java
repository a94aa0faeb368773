package org.sillok.testdata.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"Observation/7/_history/3", "http://localhost:8080/fhir/Observation/7/_history/3"})
  void readsALocation(String location) {
    assertThat(Version.ofLocation(location)).isEqualTo(new Version("Observation", "7", 3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Observation/7", "Observation/7/_history/", "Observation/7/_history/x"})
  void refusesALocationWithoutAVersion(String location) {
    assertThatThrownBy(() -> Version.ofLocation(location))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readsACheckpoint() {
    String note =
        "example/log\n3\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n— example/log AAAA\n";
    assertThat(Head.ofCheckpoint(note).size()).isEqualTo(3);
    assertThatThrownBy(() -> Head.ofCheckpoint("example/log\n3"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Head.ofCheckpoint("example/log\n3\nAAAA\n\n"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
