package org.sillok.log;

import java.nio.file.Path;
import java.sql.SQLException;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** On an H2 server in this process, which outlives its clients. */
class SequencerOnH2IT extends SequencerContract {

  @TempDir static Path directory;
  private static Server server;
  private static int databases;

  @BeforeAll
  static void start() throws SQLException {
    server =
        Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-baseDir", directory.toString())
            .start();
  }

  @AfterAll
  static void stop() {
    server.stop();
  }

  @Override
  String emptyDatabase() {
    String url =
        "jdbc:h2:tcp://localhost:"
            + server.getPort()
            + "/./log"
            + databases++
            + ";LOCK_TIMEOUT=20000;DB_CLOSE_DELAY=-1";
    LogFixture.create(LogFixture.h2(url));
    return url;
  }
}
