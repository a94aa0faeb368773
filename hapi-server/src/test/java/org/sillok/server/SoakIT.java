package org.sillok.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sillok.testdata.server.Preflight;
import org.sillok.testdata.server.ServerSettings;
import org.sillok.testdata.soak.Soak;

/** The short form of {@code ./sillok soak}, on the jar that was just built. */
class SoakIT {

  private static final long SEED = 1592;
  private static final int ROUNDS = 5;

  @TempDir Path data;

  @Test
  void losesNothingAndInventsNothingWhenItIsKilledUnderLoad() throws Exception {
    ServerSettings settings =
        new ServerSettings(ServerSettings.jarIn(Path.of("target")), data, Preflight.freePort())
            .withJvm("-Xmx1g");
    List<String> rounds = new ArrayList<>();

    List<String> problems = new Soak(settings, SEED, rounds::add).run(ROUNDS);

    assertThat(problems).as("after %s", rounds).isEmpty();
    assertThat(rounds).hasSize(ROUNDS + 1);
  }
}
