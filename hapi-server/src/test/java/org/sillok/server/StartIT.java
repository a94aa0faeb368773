package org.sillok.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sillok.log.KeyDirectory;
import org.sillok.log.LogKeys;
import org.sillok.log.LogStore;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

@ExtendWith(OutputCaptureExtension.class)
class StartIT {

  @TempDir Path directory;
  private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

  private ConfigurableApplicationContext start(String... settings) {
    List<String> arguments =
        new ArrayList<>(
            List.of("--server.port=0", "--sillok.data-directory=" + directory.resolve("keys")));
    if (Arrays.stream(settings).noneMatch(setting -> setting.contains("datasource.url"))) {
      arguments.add("--spring.datasource.url=" + url);
    }
    arguments.addAll(Arrays.asList(settings));
    return new SpringApplication(SillokServer.class, OwnSettings.class)
        .run(arguments.toArray(String[]::new));
  }

  private void assertRefused(CapturedOutput output, String reason, String... settings) {
    assertThatThrownBy(() -> start(settings).close()).isInstanceOf(Exception.class);
    String lastLine = output.getOut().strip().lines().reduce("", (a, b) -> b);
    assertThat(lastLine).contains("Not started.").contains(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "--hapi.fhir.resource_dbhistory_enabled=false, resource history is off",
    "--hapi.fhir.delete_expunge_enabled=true, delete-expunge is on",
    "--sillok.anchor.interval=0s, sillok.anchor.interval wants a duration above zero",
    "--sillok.sequencer.batch-size=0, sillok.sequencer.batch-size wants a number of at least 1",
    "--sillok.log.origin=has spaces, sillok.log.origin wants a name without white space",
    "--sillok.hospital.id=Not_Allowed, sillok.hospital.id wants",
    "--sillok.ledger.type=paper, sillok.ledger.type",
    "--sillok.ledger.type=besu, sillok.hospital.id wants this hospital's id on the ledger",
    "--sillok.it.rewrite=true, rewriting of history is on",
    "--sillok.it.tags=NON_VERSIONED, tags are stored NON_VERSIONED",
    "--sillok.it.partitions=true, partitioning is on",
    "--sillok.it.r5=true, this server speaks FHIR R5"
  })
  void refusesUnsafeAndWrongSettings(String setting, String reason, CapturedOutput output) {
    assertRefused(output, reason, setting);
  }

  @Test
  void saysInOneLineThatADatabaseServerIsNotThere(CapturedOutput output) {
    assertRefused(
        output,
        "The database cannot be used: Connection to localhost:1 refused",
        "--spring.datasource.url=jdbc:postgresql://localhost:1/hospital?password=hush",
        "--spring.datasource.password=hush");
    assertThat(output.getAll()).doesNotContain("hush");
  }

  @Test
  void refusesADataDirectoryThatCannotBeMade(CapturedOutput output) throws IOException {
    Files.writeString(directory.resolve("keys"), "a file where the directory should be");

    assertRefused(output, directory.resolve("keys").toString());
  }

  @Test
  void refusesACorruptedKeyAndNamesTheFile(CapturedOutput output) throws IOException {
    Path key = Files.createDirectories(directory.resolve("keys")).resolve("log.key");
    Files.writeString(key, "PRIVATE+KEY+broken", UTF_8);
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));

    assertRefused(output, key.toString());
    assertThat(output.getOut()).doesNotContain("PRIVATE+KEY+broken");
  }

  @Test
  void refusesADatabaseOfAnotherHospitalsLog(CapturedOutput output) throws Exception {
    openLog(directory.resolve("another"));
    openLogIn(directory.resolve("keys"), "jdbc:h2:mem:" + UUID.randomUUID());

    assertRefused(output, directory.resolve("keys").resolve("log.key").toString());
  }

  @Test
  void refusesAFormatOfTheFutureAndLeavesItUntouched(CapturedOutput output) throws Exception {
    openLog(directory.resolve("keys"));
    execute("UPDATE sillok_log SET format = 'sillok-log-v9'");

    assertRefused(output, "sillok-log-v9");
  }

  @Test
  void refusesTablesOfTheFuture(CapturedOutput output) throws Exception {
    openLog(directory.resolve("keys"));
    execute(
        "INSERT INTO \"sillok_schema_history\" (\"installed_rank\", \"version\", \"description\", \"type\", \"script\", \"installed_by\", \"execution_time\", \"success\")"
            + " VALUES (99, '99', 'later', 'SQL', 'V99__later.sql', 'x', 1, TRUE)");

    assertRefused(output, "Sillok's tables in this database are not of this version");
  }

  @Test
  void leavesAPlainServerWhenSwitchedOff() throws Exception {
    try (ConfigurableApplicationContext context =
        start("--sillok.enabled=false", "--hapi.fhir.delete_expunge_enabled=true")) {
      assertThat(
              Arrays.stream(context.getBeanDefinitionNames())
                  .filter(name -> name.startsWith("sillok")))
          .containsOnly("sillokServer");
      assertThat(
              Arrays.stream(context.getBeanDefinitionNames())
                  .map(context::getType)
                  .filter(type -> type != null && type.getName().startsWith("org.sillok."))
                  .map(Class::getPackageName))
          .containsOnly("org.sillok.server");
      assertThat(directory.resolve("keys")).doesNotExist();
    }
    assertThatThrownBy(() -> execute("SELECT COUNT(*) FROM sillok_entry"))
        .hasMessageContaining("not found");
  }

  @Test
  void startsNoNewHistoryWithKeysThatHaveSignedAnother() throws Exception {
    try (ConfigurableApplicationContext context = start()) {
      assertThat(put(context, "before")).isEqualTo(201);
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> Files.exists(directory.resolve("keys").resolve("anchored-1.head")));
    }
    execute("DROP ALL OBJECTS");

    try (ConfigurableApplicationContext context =
        start("--management.endpoint.health.show-details=always")) {
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(
              () ->
                  assertThat(send(context, "/actuator/health/sillokLedger", "GET", "").body())
                      .contains(
                          "\"DOWN\"", "does not have the tree of", "Restore the newest backup"));
      assertThat(put(context, "after")).isEqualTo(201);
      await()
          .atMost(Duration.ofMinutes(2))
          .untilAsserted(
              () ->
                  assertThat(send(context, "/fhir/$findings", "GET", "").body())
                      .contains("does not have the tree of"));
    }
  }

  private static int put(ConfigurableApplicationContext server, String id) throws Exception {
    String patient = "{\"resourceType\":\"Patient\",\"id\":\"" + id + "\"}";
    return send(server, "/fhir/Patient/" + id, "PUT", patient).statusCode();
  }

  private static HttpResponse<String> send(
      ConfigurableApplicationContext server, String path, String method, String body)
      throws Exception {
    String port = server.getEnvironment().getProperty("local.server.port");
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Content-Type", "application/fhir+json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private void openLog(Path keys) {
    openLogIn(keys, url);
  }

  private static void openLogIn(Path keys, String database) {
    JdbcDataSource dataSource = dataSource(database);
    Flyway.configure()
        .dataSource(dataSource)
        .locations("classpath:org/sillok/schema")
        .table("sillok_schema_history")
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load()
        .migrate();
    new LogStore(
            dataSource, new LogKeys(new KeyDirectory(keys), new SecureRandom()), Clock.systemUTC())
        .open(Optional.empty());
  }

  private void execute(String sql) throws Exception {
    try (Connection connection = dataSource(url).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static JdbcDataSource dataSource(String url) {
    JdbcDataSource dataSource = new JdbcDataSource();
    dataSource.setURL(url.contains("DB_CLOSE_DELAY") ? url : url + ";DB_CLOSE_DELAY=-1");
    dataSource.setUser("sa");
    dataSource.setPassword("");
    return dataSource;
  }
}
