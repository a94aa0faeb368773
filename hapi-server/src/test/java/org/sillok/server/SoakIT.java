package org.sillok.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;
import org.sillok.testdata.server.Preflight;
import org.sillok.testdata.server.ServerSettings;
import org.sillok.testdata.soak.Soak;

/**
 * The short form of {@code ./sillok soak}, on the jar that was just built. {@code -Dsillok.it.seed}
 * and {@code -Dsillok.it.rounds} choose another run. After a failure the database and the server's
 * log stay in {@code target/soak…}.
 */
class SoakIT {

  private static final long SEED = Long.getLong("sillok.it.seed", 1592);
  private static final int ROUNDS = Integer.getInteger("sillok.it.rounds", 5);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS, factory = InTarget.class)
  Path data;

  @Test
  void losesNothingAndInventsNothingWhenItIsKilledUnderLoad() throws Exception {
    ServerSettings settings =
        new ServerSettings(ServerSettings.jarIn(Path.of("target")), data, Preflight.freePort())
            .withJvm("-Xmx1g");
    List<String> rounds = new ArrayList<>();

    List<String> problems = new Soak(settings, SEED, rounds::add).run(ROUNDS);

    assertThat(String.join("\n", problems))
        .as("seed %d, data in %s, after\n%s", SEED, data, String.join("\n", rounds))
        .isEmpty();
    assertThat(rounds).hasSize(ROUNDS + 1);
  }

  static final class InTarget implements TempDirFactory {

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext test)
        throws IOException {
      return Files.createTempDirectory(Path.of("target").toAbsolutePath(), "soak");
    }
  }
}
