package org.sillok.testdata.server;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightTest {

  @TempDir Path data;

  @Test
  void letsAServerStartInANewDirectoryOnAFreePort() {
    assertThatCode(() -> Preflight.check(settings(data.resolve("new"), Preflight.freePort())))
        .doesNotThrowAnyException();
  }

  @Test
  void namesThePortThatIsTaken() throws IOException {
    try (ServerSocket other = new ServerSocket(0)) {
      assertThatThrownBy(() -> Preflight.check(settings(data, other.getLocalPort())))
          .isInstanceOf(Preflight.RefusedException.class)
          .hasMessage("port " + other.getLocalPort() + " is taken; choose another with --port");
    }
  }

  @Test
  void seesThatAnotherServerHasTheDatabaseOpen() throws SQLException {
    ServerSettings settings = settings(data, Preflight.freePort());
    try (var open = DriverManager.getConnection(settings.database(), "sa", "")) {
      assertThatThrownBy(() -> Preflight.check(settings))
          .isInstanceOf(Preflight.RefusedException.class)
          .hasMessageContaining(data + " is in use by another server");
    }
    assertThatCode(() -> Preflight.check(settings)).doesNotThrowAnyException();
  }

  @Test
  void leavesTheFileOfAnotherDatabaseAlone() throws SQLException {
    ServerSettings settings = settings(data, Preflight.freePort());
    ServerSettings elsewhere = settings.with("--spring.datasource.url=jdbc:postgresql://db/fhir");
    try (var open = DriverManager.getConnection(settings.database(), "sa", "")) {
      assertThatCode(() -> Preflight.check(elsewhere)).doesNotThrowAnyException();
    }
  }

  @Test
  void refusesADirectoryThatIsAFile() throws IOException {
    Path file = Files.createFile(data.resolve("file"));
    assertThatThrownBy(() -> Preflight.check(settings(file, Preflight.freePort())))
        .isInstanceOf(Preflight.RefusedException.class)
        .hasMessageContaining("cannot be written");
  }

  private static ServerSettings settings(Path data, int port) {
    return new ServerSettings(Path.of("server.jar"), data, port);
  }
}
