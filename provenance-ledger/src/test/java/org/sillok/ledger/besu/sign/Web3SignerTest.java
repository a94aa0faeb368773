package org.sillok.ledger.besu.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sillok.ledger.Address;
import org.sillok.ledger.besu.rpc.Hex;
import org.sillok.ledger.besu.rpc.HttpTransport;
import org.sillok.ledger.besu.rpc.JsonRpc;
import org.sillok.ledger.besu.rpc.RpcSettings;
import org.sillok.ledger.eip712.TestKey;

/** A server that signs as Web3Signer's {@code eth_signTransaction} does, or as it should not. */
class Web3SignerTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Address TO = Address.parse("0x" + "35".repeat(20));
  private static final UnsignedTransaction WANTED =
      new UnsignedTransaction(1337, 9, 100_000, TO, "0x01020304");

  private final KeySigner key = new KeySigner(TestKey.named("in the vault").secret());
  private final AtomicReference<JsonNode> asked = new AtomicReference<>();
  private HttpServer server;
  private Function<JsonNode, UnsignedTransaction> understood = this::transaction;
  private String answer = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void handle(HttpExchange http) throws IOException {
    JsonNode request = MAPPER.readTree(http.getRequestBody());
    JsonNode params = request.path("params").path(0);
    asked.set(request);
    String signed = "\"result\":\"" + Hex.of(key.sign(understood.apply(params)).toBytes()) + "\"";
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":"
            + request.path("id")
            + ","
            + (answer.isEmpty() ? signed : answer)
            + "}";
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    http.sendResponseHeaders(200, bytes.length);
    http.getResponseBody().write(bytes);
    http.close();
  }

  private UnsignedTransaction transaction(JsonNode params) {
    return new UnsignedTransaction(
        1337,
        Long.decode(params.path("nonce").asText()),
        Long.decode(params.path("gas").asText()),
        params.has("to") ? Address.parse(params.path("to").asText()) : null,
        params.path("data").asText());
  }

  private Web3Signer signer() {
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    return new Web3Signer(
        new JsonRpc(new HttpTransport(RpcSettings.of(List.of(url))), url), key.account());
  }

  @Test
  void signsWhatWasAskedFor() {
    assertThat(signer().sign(WANTED).toBytes()).isEqualTo(key.sign(WANTED).toBytes());
    JsonNode params = asked.get().path("params").path(0);
    assertThat(asked.get().path("method").asText()).isEqualTo("eth_signTransaction");
    assertThat(params.path("from").asText()).isEqualTo(key.account().toString());
    assertThat(params.path("gasPrice").asText()).isEqualTo("0x0");
    assertThat(params.path("value").asText()).isEqualTo("0x0");
  }

  @Test
  void signsTheCreationOfAContract() {
    UnsignedTransaction creation = new UnsignedTransaction(1337, 0, 100_000, null, "0x6000");
    assertThat(signer().sign(creation).hash()).isEqualTo(key.sign(creation).hash());
  }

  @Test
  void somethingElseThanWasAskedForIsNotSent() {
    understood = params -> new UnsignedTransaction(1337, 9, 100_000, TO, "0xffffffff");
    assertThatThrownBy(() -> signer().sign(WANTED))
        .isInstanceOf(SigningException.class)
        .hasMessageContaining("another transaction");
  }

  @Test
  void aServerForAnotherChainIsNoUse() {
    understood = params -> new UnsignedTransaction(1, 9, 100_000, TO, "0x01020304");
    assertThatThrownBy(() -> signer().sign(WANTED)).isInstanceOf(SigningException.class);
  }

  @Test
  void refusalsAndNonsenseAreNoSignatures() {
    for (String other :
        List.of(
            "\"error\":{\"code\":-32000,\"message\":\"signing from is not an unlocked account\"}",
            "\"result\":null",
            "\"result\":\"0x\"",
            "\"result\":\"0xc0\"",
            "\"result\":\"not hex\"")) {
      answer = other;
      assertThatThrownBy(() -> signer().sign(WANTED))
          .as(other)
          .isInstanceOf(SigningException.class);
    }
  }
}
