package org.sillok.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sillok.testdata.demo.DemoCommand;
import org.sillok.testdata.server.Preflight;
import picocli.CommandLine;

/** Two hospitals on one chain, on the jars that were just built: {@code ./sillok demo --besu}. */
class ConsortiumIT {

  @TempDir private Path data;

  @Test
  void twoHospitalsAnchorOnOneChainAndCheckEachOthersEvidence() throws Exception {
    Path repository = Path.of("..").toRealPath();
    String[] arguments = {
      "--besu", "--exit", "--port", "" + Preflight.freePort(), "--data", data.toString()
    };

    int status = new CommandLine(new DemoCommand(repository)).execute(arguments);

    assertThat(status).isZero();
  }
}
