package org.sillok.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sillok.anchor.AnchorPolicy;
import org.sillok.anchor.HeadMemory;
import org.sillok.anchor.LedgerAnchor;
import org.sillok.ledger.Address;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.LedgerUnavailableException;
import org.sillok.ledger.besu.BesuLedger;
import org.sillok.log.KeyDirectory;
import org.sillok.log.LogKeys;
import org.sillok.log.LogReader;
import org.sillok.log.LogStore;
import org.sillok.log.OpenLog;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** What health says of a server whose chain is not there. */
class ChainHealthTest {

  private static final String LEDGER =
      """
      {"format":"sillok-ledger-v1","chainId":4711,"genesis":"0x%s","hospitals":"0x%s",
      "checkpoints":"0x%s","consents":"0x%s","block":7}
      """
          .formatted("ab".repeat(32), "11".repeat(20), "22".repeat(20), "33".repeat(20));

  private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");

  @TempDir private Path dir;

  private Health healthBy(int port) throws IOException {
    JdbcDataSource h2 = new JdbcDataSource();
    h2.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    SillokDatabase database = SillokDatabase.migrate(h2);
    LogKeys keys = new LogKeys(new KeyDirectory(dir.resolve("keys")), new SecureRandom());
    OpenLog log = new LogStore(h2, keys, Clock.systemUTC()).open(Optional.empty());
    BesuLedger ledger =
        new BesuLedgerConfiguration()
            .sillokLedger(
                access(port), database, log, new LogReader(h2, log.mac()), Clock.systemUTC());
    LedgerAnchor anchor =
        new LedgerAnchor(
            h2,
            log,
            ledger,
            new HospitalId("seoul"),
            Address.parse("0x" + "44".repeat(20)),
            HeadMemory.NONE,
            new AnchorPolicy(Duration.ofSeconds(5), 100),
            Clock.systemUTC(),
            new Random(1));
    assertThatThrownBy(ledger::runOnce).isInstanceOf(LedgerUnavailableException.class);
    return new LedgerHealth(ledger, anchor, Clock.systemUTC()).health();
  }

  private ChainAccess access(int port) throws IOException {
    Map<String, String> settings =
        Map.of(
            "sillok.hospital.id",
            "seoul",
            "sillok.ledger.type",
            "besu",
            "sillok.ledger.file",
            Files.writeString(dir.resolve("ledger.json"), LEDGER).toString(),
            "sillok.ledger.rpc-urls",
            "http://127.0.0.1:" + port,
            "sillok.ledger.signer-url",
            "http://127.0.0.1:" + port,
            "sillok.ledger.signer-account",
            "0x" + "44".repeat(20));
    return ChainAccess.of(
        new Binder(new MapConfigurationPropertySource(settings))
            .bind("sillok", SillokProperties.class)
            .get());
  }

  @Test
  void isOutOfServiceWhileNoNodeAnswers() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    Health health = healthBy(free);
    assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
    assertThat(health.getDetails().get("chain"))
        .asString()
        .contains("condition=STALE", "UNREACHABLE", "problem=");
  }

  @Test
  void isDownOnceTheNodesHaveAnotherChain() throws Exception {
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext("/", ChainHealthTest::chainId2);
    other.start();
    try {
      Health health = healthBy(other.getAddress().getPort());
      assertThat(health.getStatus()).isEqualTo(Status.DOWN);
      assertThat(health.getDetails().get("chain"))
          .asString()
          .contains("condition=REPLACED", "OTHER_CHAIN", "chain id is 2, want 4711");
    } finally {
      other.stop(0);
    }
  }

  private static void chainId2(HttpExchange exchange) throws IOException {
    Matcher id = ID.matcher(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    byte[] answer =
        ("{\"jsonrpc\":\"2.0\",\"id\":" + (id.find() ? id.group(1) : "0") + ",\"result\":\"0x2\"}")
            .getBytes(UTF_8);
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }
}
