package org.sillok.log;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class SequencerOnPostgresIT extends SequencerContract {

  private static EmbeddedPostgres server;
  private static int databases;

  @BeforeAll
  static void start() throws IOException {
    server = EmbeddedPostgres.builder().start();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @Override
  String emptyDatabase() {
    String name = "log" + databases++;
    LogFixture.execute(server.getPostgresDatabase(), "CREATE DATABASE " + name);
    LogFixture.create(server.getDatabase("postgres", name));
    return server.getJdbcUrl("postgres", name);
  }
}
