package org.sillok.testdata.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ServerSettingsTest {

  private final ServerSettings settings =
      new ServerSettings(Path.of("server.jar"), Path.of("/d"), 81);

  @Test
  void setsPortDatabaseAndKeys() {
    assertThat(settings.with("--sillok.enabled=false").arguments())
        .contains(
            "--server.port=81",
            "--spring.datasource.url=" + settings.database(),
            "--sillok.data-directory=/d/sillok",
            "--sillok.enabled=false");
  }

  @Test
  void givesEachPropertyOnceAndTheLastOneCounts() {
    List<String> arguments =
        settings
            .with("--sillok.dataDirectory=/keys=1")
            .with("--spring.datasource.url=jdbc:postgresql://db/a?x=y")
            .with("--SILLOK.DATA_DIRECTORY=/keys=2")
            .arguments();

    assertThat(arguments.subList(2, arguments.size()))
        .containsExactly(
            "--server.port=81",
            "--spring.datasource.url=jdbc:postgresql://db/a?x=y",
            "--SILLOK.DATA_DIRECTORY=/keys=2");
  }

  @Test
  void leavesOutWhatTheEnvironmentSays() {
    assertThat(
            settings
                .in(Set.of("SPRING_DATASOURCE_URL", "SILLOK_DATA_DIRECTORY", "SERVER_PORT"))
                .arguments())
        .endsWith("--server.port=81");
    assertThat(
            settings.in(Set.of("SILLOK_DATADIRECTORY", "SPRING_DATASOURCE_USERNAME")).arguments())
        .endsWith("--server.port=81", "--spring.datasource.url=" + settings.database());
  }

  @Test
  void looksAfterItsOwnDatabaseOnly() {
    assertThat(settings.usesOwnDatabase()).isTrue();
    assertThat(settings.with("--spring.datasource.url=jdbc:x").usesOwnDatabase()).isFalse();
    assertThat(settings.in(Set.of("SPRING_DATASOURCE_URL")).usesOwnDatabase()).isFalse();
  }
}
